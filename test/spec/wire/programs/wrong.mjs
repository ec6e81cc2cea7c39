// Speaks well and computes wrongly.
import { converse, say } from './honest.mjs';

converse(({ seq }) => say({ seq, output: { overlap: 7 } }));
