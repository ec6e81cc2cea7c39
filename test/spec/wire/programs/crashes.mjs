// Ends with an exit code of its own.
import { converse } from './honest.mjs';

converse(() => {
  process.stderr.write('about to fail\n');
  process.exit(7);
});
