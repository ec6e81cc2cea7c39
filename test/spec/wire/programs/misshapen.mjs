// Answers with a word where a number is due.
import { converse, say } from './honest.mjs';

converse(({ seq }) => say({ seq, output: { overlap: 'abc' } }));
