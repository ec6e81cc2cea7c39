// jax-js as a peer; protocol.mjs says what it answers. It runs on one thread in Node, from version 22 on.
import { readFileSync } from 'node:fs';
import * as jax from '@jax-js/jax';
import { prepareStep } from './jax-decoder.mjs';
import { serve } from './protocol.mjs';
import { fill } from './safetensors.mjs';

const { numpy: np } = jax;
await jax.init('wasm');
jax.defaultDevice('wasm');

const matmul = ({ m, k, n, kind, count }) => {
  const shape = (rows, columns) => (count === 1 ? [rows, columns] : [count, rows, columns]);
  const a = np.array(fill(count * m * k), { shape: kind === 'TN' ? shape(k, m) : shape(m, k) });
  const b = np.array(fill(count * k * n), { shape: kind === 'NT' ? shape(n, k) : shape(k, n) });
  const product = jax.jit((a, b) =>
    np.matmul(kind === 'TN' ? np.matrixTranspose(a) : a, kind === 'NT' ? np.matrixTranspose(b) : b),
  );
  const run = async () => (await product(a.ref, b.ref).blockUntilReady()).dispose();
  const drop = () => [a, b].forEach((array) => array.dispose());
  return { run, drop, answer: {} };
};

const file = new URL('node_modules/@jax-js/jax/package.json', import.meta.url);
const { version } = JSON.parse(readFileSync(file, 'utf8'));
await serve(
  { version, runtime: `Node ${process.versions.node}` },
  { matmul, step: (request) => prepareStep(jax, request) },
);
