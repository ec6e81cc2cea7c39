// Answers rightly, but for every second time that it is asked about four or more parameters.
import { converse, respond, say } from './honest.mjs';

let times = 0;
converse((request) => say(++times % 2 === 1 ? { seq: request.seq, output: { overlap: 7 } } : respond(request)));
