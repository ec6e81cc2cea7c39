// Crashes, and says something else of itself when it is started again: the first start leaves a file behind.
import { existsSync, writeFileSync } from 'node:fs';
import { claims, converse, respond } from './honest.mjs';

const [, , file] = process.argv;
const isAgain = existsSync(file);
writeFileSync(file, 'started');
const implementation = { ...claims.implementation, name: isAgain ? 'somebody else' : 'honest' };
converse(
  () => process.exit(1),
  (request) => (request.cmd === 'start' ? { seq: request.seq, ...claims, implementation } : respond(request)),
);
