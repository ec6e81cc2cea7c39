// Ends in the middle of its answer.
import { converse, writeNow } from './honest.mjs';

converse(({ seq }) => {
  writeNow(1, `{"seq":${seq},"outp`);
  process.exit(0);
});
