// Forgets what has come before it has answered: it takes one request at a time, and says so if it is told to.
import { claims, respond, say } from './honest.mjs';

const START = { ...claims, ...(process.argv.includes('one-at-a-time') ? { inFlight: 1 } : {}) };
let read = '';
process.stdin.setEncoding('utf8').on('data', (piece) => {
  read += piece;
  if (!read.includes('\n')) return;
  const request = JSON.parse(read.slice(0, read.indexOf('\n')));
  read = '';
  if (request.cmd === 'stop') process.exit(0);
  say(request.cmd === 'start' ? { seq: request.seq, ...START } : respond(request));
});
