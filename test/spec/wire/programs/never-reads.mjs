// Never reads anything.
import { setInterval } from 'node:timers';

setInterval(() => undefined, 1000);
