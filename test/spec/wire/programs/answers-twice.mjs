// Gives the right answer twice.
import { converse, respond, say } from './honest.mjs';

converse((request) => {
  say(respond(request));
  say(respond(request));
});
