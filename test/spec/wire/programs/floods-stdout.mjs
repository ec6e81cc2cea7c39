// Writes line after line as fast as it can.
import { converse, writeNow } from './honest.mjs';

converse(() => {
  for (;;) writeNow(1, '{"step":1}\n');
});
