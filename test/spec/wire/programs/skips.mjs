// Declines what it cannot answer.
import { converse, say } from './honest.mjs';

converse(({ seq }) => say({ seq, skip: 'at most three parameters so far' }));
