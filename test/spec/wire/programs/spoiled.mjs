// A right adapter behind a bad wire: each fault is a change of the text that goes in or comes out. Arguments: the fault,
// and what is taken from the answer to start (`echo`, `version`, an operation…).
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const NUMBER = /(?<=[[,:])-?\d[\d.e+-]*(?=[\],}])/g;
const inOutput = (change) => (line) => {
  const at = line.indexOf('"output"');
  return at < 0 ? line : line.slice(0, at) + change(line.slice(at));
};
let last; // the threshold of another request
const FAULTS = {
  none: {},
  'reads no sign': { read: (line) => line.replace(/-0\.0(?=[\],}])/g, '0') },
  'writes no sign': { write: inOutput((line) => line.replace(/-0\.0(?=[\],}])/g, '0')) },
  'six digits': {
    write: inOutput((line) =>
      line.replace(NUMBER, (x) => (x === '-0.0' ? x : String(Number(Number(x).toPrecision(6))))),
    ),
  },
  strings: { write: inOutput((line) => line.replace(NUMBER, '"$&"')) },
  bare: { write: inOutput((line) => line.replace(/"(NaN|-?Infinity)"/g, '$1')) },
  nulls: { write: inOutput((line) => line.replace(/"(NaN|-?Infinity)"/g, 'null')) },
  banner: { write: (line, seq) => (seq === 0 ? `loading weights\n${line}` : line) },
  'drops the end': { write: inOutput((line) => line.replace(/(\[(?:[^[\],]*,){4095}[^[\],]*),[^[\]]*\]/, '$1]')) },
  'remembers the threshold': {
    read: (line) => line.replace(/(?<="previous":)\d[\d.e+-]*/, (previous) => last ?? previous),
    write: (line) => {
      last = /"threshold":(\d[\d.e+-]*)/.exec(line)?.[1] ?? last;
      return line;
    },
  },
  'fails on an unknown name': {
    read: (line) => (/no-such|"(T5X|tensorflow|pytorch|toString)"/.test(line) ? process.exit(9) : line),
  },
};

const [, , fault, ...without] = process.argv;
const { read = (line) => line, write = (line) => line } = FAULTS[fault];
const adapter = fileURLToPath(new URL('../../../../adapters/javascript/adapter.mjs', import.meta.url));
const child = spawn(process.execPath, [adapter], { stdio: ['pipe', 'pipe', 'inherit'] });
child.on('exit', (code) => process.exit(code ?? 1));
createInterface({ input: process.stdin })
  .on('line', (line) => child.stdin.write(`${read(line)}\n`))
  .on('close', () => child.stdin.end());
createInterface({ input: child.stdout }).on('line', (line) => {
  const said = JSON.parse(line);
  if (said.ops === undefined) process.stdout.write(`${write(line, said.seq)}\n`);
  else process.stdout.write(`${write(JSON.stringify(without.reduce(take, said)), said.seq)}\n`);
});

function take(said, what) {
  return what === 'version' ? { ...said, version: 1 } : { ...said, ops: said.ops.filter((op) => op !== what) };
}
