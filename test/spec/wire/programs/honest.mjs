// An honest adapter for the overlap alone. The programs beside it are the same but for one fault, which they show when
// they are asked about four or more parameters: the smoke check asks about fewer.
import { Buffer } from 'node:buffer';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

export const claims = {
  version: process.argv.includes('version-2') ? 2 : 1,
  implementation: { name: 'honest', version: '1', language: 'JavaScript', dtype: 'float64' },
  ops: ['overlap'],
  distances: [],
  thresholds: [],
  silos: [],
  optimizers: [],
};

export function overlap({ seed, a, b }) {
  if (a.length !== seed.length || b.length !== seed.length) {
    return { error: { kind: 'invalid-input', message: 'expected three vectors of one length' } };
  }
  const [inA, inB] = [a, b].map((vector) => vector.map((value, i) => !Object.is(value, seed[i])));
  const count = (flags) => flags.filter((flag) => flag).length;
  const both = count(inA.map((flag, i) => flag && inB[i]));
  const all = count(inA) + count(inB);
  return { output: { overlap: all === 0 ? 1 : (2 * both) / all } };
}

export function respond({ seq, cmd, op, input }) {
  if (cmd === 'start') return { seq, ...claims };
  if (op !== 'overlap') return { seq, skip: `no such operation: ${op}` };
  return { seq, ...overlap(input) };
}

/** Whether this request is one on which a faulty program shows its fault. */
export function isTrigger({ input }) {
  return (input?.seed?.length ?? 0) >= 4;
}

export function say(value) {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}

/** Writes at once, however full the pipe is. */
export function writeNow(fd, text) {
  for (let rest = Buffer.from(text); rest.length > 0;) {
    try {
      rest = rest.subarray(writeSync(fd, rest));
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

/** Answers each request; `misbehave` is called instead where the fault is due. */
export function converse(misbehave, answer = respond) {
  const lines = createInterface({ input: process.stdin });
  lines.on('line', (line) => {
    const request = JSON.parse(line);
    if (request.cmd === 'stop') process.exit(0);
    if (isTrigger(request)) misbehave(request);
    else say(answer(request));
  });
  return lines;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) converse((request) => say(respond(request)));
