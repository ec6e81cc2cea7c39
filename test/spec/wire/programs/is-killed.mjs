// Ends by a signal, as after a wrong memory access.
import { converse } from './honest.mjs';

converse(() => process.kill(process.pid, 'SIGSEGV'));
