// Prints what is meant for people where the answer is due.
import { converse } from './honest.mjs';

converse(() => process.stdout.write('loss = 0.25\n'));
