// Answers rightly, and goes on after it was told to stop.
import { createInterface } from 'node:readline';
import { setInterval } from 'node:timers';
import { respond, say } from './honest.mjs';

setInterval(() => undefined, 1000);
createInterface({ input: process.stdin }).on('line', (line) => {
  const request = JSON.parse(line);
  if (request.cmd !== 'stop') say(respond(request));
});
