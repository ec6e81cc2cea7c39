// Writes far more to standard error than a pipe holds, and answers rightly: no fault.
import { converse, respond, say, writeNow } from './honest.mjs';

converse((request) => {
  for (let i = 0; i < 300; i++) writeNow(2, `${'x'.repeat(999)}\n`);
  say(respond(request));
});
