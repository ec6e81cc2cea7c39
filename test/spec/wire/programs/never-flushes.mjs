// Answers rightly, but into a buffer that is written when the input ends.
import { createInterface } from 'node:readline';
import { respond } from './honest.mjs';

const buffer = [];
createInterface({ input: process.stdin })
  .on('line', (line) => buffer.push(`${JSON.stringify(respond(JSON.parse(line)))}\n`))
  .on('close', () => process.stdout.write(buffer.join('')));
