// Reads no further, not even a stop, and lives on.
import { setInterval } from 'node:timers';
import { converse } from './honest.mjs';

const lines = converse(() => {
  lines.close();
  process.stdin.pause();
  setInterval(() => undefined, 1000);
});
