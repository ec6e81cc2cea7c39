// Gives the right answer, and then another line when nobody asks.
import { setTimeout } from 'node:timers';
import { converse, respond, say } from './honest.mjs';

converse((request) => {
  say(respond(request));
  setTimeout(() => say(respond(request)), 5);
});
