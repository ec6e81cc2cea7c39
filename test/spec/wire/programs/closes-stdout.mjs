// Closes its standard output and lives on.
import { closeSync } from 'node:fs';
import { setInterval } from 'node:timers';
import { converse } from './honest.mjs';

converse(() => {
  closeSync(1);
  setInterval(() => undefined, 1000);
});
