// Writes a line that never ends.
import { converse, writeNow } from './honest.mjs';

converse(() => {
  for (;;) writeNow(1, 'x'.repeat(65536));
});
