// TensorFlow.js with its WebAssembly backend as a peer; protocol.mjs says what it answers. It runs on one thread: in Node
// the backend takes no more.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { serve } from './protocol.mjs';
import { fill } from './safetensors.mjs';
import { prepareStep } from './tfjs-decoder.mjs';

const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs');
const { setWasmPaths } = require('@tensorflow/tfjs-backend-wasm');

const folder = dirname(require.resolve('@tensorflow/tfjs-backend-wasm/package.json'));
setWasmPaths(`${join(folder, 'dist')}/`);
await tf.setBackend('wasm');
await tf.ready();

const matmul = ({ m, k, n, kind, count }) => {
  const [transposeA, transposeB] = [kind === 'TN', kind === 'NT'];
  const shape = (rows, columns) => (count === 1 ? [rows, columns] : [count, rows, columns]);
  const a = tf.tensor(fill(count * m * k), transposeA ? shape(k, m) : shape(m, k));
  const b = tf.tensor(fill(count * k * n), transposeB ? shape(n, k) : shape(k, n));
  const run = () => tf.matMul(a, b, transposeA, transposeB).dispose();
  const drop = () => tf.dispose([a, b]);
  return { run, drop, answer: {} };
};

const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
await serve(
  { version, runtime: `Node ${process.versions.node}` },
  { matmul, step: (request) => prepareStep(tf, request) },
);
