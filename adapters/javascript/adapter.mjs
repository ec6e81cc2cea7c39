#!/usr/bin/env node
// Answers the conformance protocol, version 1, for the module dst.mjs beside this file. Put your own in its place: say what
// it is and has in START, call it in the operations below, and run
//     npx dst conform -- node adapter.mjs
import { createInterface } from 'node:readline';
import * as dst from './dst.mjs';

const DISTANCES = ['absolute', 'relative', 'inverse-relative'];
const THRESHOLDS = ['quantile', 'iterative'];
const SILOS = ['none', 'per-module', 'per-module-and-layer'];
const OPTIMIZERS = { sgd: dst.Sgd, adafactor: dst.AdaFactor };

/** The caller's mistake, which is refused and never guessed at. */
class InvalidInput extends Error {}

function check(holds, expected, got) {
  if (!holds) throw new InvalidInput(`expected ${expected}, got ${got}`);
}

function oneOf(names, name) {
  check(names.includes(name), `one of ${names.join(', ')}`, name);
  return name;
}

/** A vector; "NaN", "Infinity" and "-Infinity" come as strings, which Number reads. */
function vector(values, length = values.length, least = -Number.MAX_VALUE, greatest = Number.MAX_VALUE) {
  check(values.length === length, `${length} numbers`, values.length);
  return Float32Array.from(values, (value, i) => {
    const x = Number(value);
    check(x >= least && x <= greatest, 'a number in range', `${x} at index ${i}`); // never true of NaN
    return x;
  });
}

function thresholdOptions({ method, epsilon, factor = 2, iterations = 10 }) {
  check(Number(epsilon) > 0 && Number(epsilon) <= 1, 'epsilon in (0, 1]', epsilon);
  return { method: oneOf(THRESHOLDS, method), epsilon, factor, iterations };
}

function siloOptions({ silos, distance, previous = silos.map(() => 1), ...choice }, n) {
  const sum = silos.reduce((total, length) => total + length, 0);
  check(silos.every((length) => length > 0) && sum === n, `silos that add up to ${n}`, silos);
  const taus = vector(previous, silos.length, 0, Infinity);
  return [silos, oneOf(DISTANCES, distance), taus, thresholdOptions(choice)];
}

function optimizer({ name, dialect = 't5x', ...options }, shape) {
  const Optimizer = OPTIMIZERS[oneOf(Object.keys(OPTIMIZERS), name)];
  oneOf(['t5x'], dialect);
  return new Optimizer(shape, options);
}

/** An operation each. */
const OPERATIONS = {
  silos: ({ strategy, parameters }) => ({ silos: dst.silos(oneOf(SILOS, strategy), parameters) }),

  distance({ kind, seed, candidate }) {
    return { distances: dst.distances(oneOf(DISTANCES, kind), vector(candidate, seed.length), vector(seed)) };
  },

  threshold({ distances, previous = 1, ...choice }) {
    const [tau] = vector([previous], 1, 0, Infinity);
    check(distances.length > 0, 'at least one distance', 'none');
    return { threshold: dst.threshold(vector(distances, undefined, 0, Infinity), tau, thresholdOptions(choice)) };
  },

  project({ seed, candidate, ...choice }) {
    const options = siloOptions(choice, seed.length);
    const { theta, taus } = dst.project(vector(candidate, seed.length), vector(seed), ...options);
    return { parameters: theta, thresholds: taus };
  },

  overlap: ({ seed, a, b }) => ({ overlap: dst.overlap(vector(seed), vector(a, seed.length), vector(b, seed.length)) }),

  optimize({ optimizer: choice, parameters, shape, gradients }) {
    const rule = optimizer(choice, shape);
    let theta = vector(parameters, rule.size);
    const updates = gradients.map((gradient) => {
      const u = rule.update(vector(gradient, rule.size), theta);
      theta = dst.candidate(theta, u);
      return u;
    });
    return { updates };
  },

  train({ seed, shapes, gradients, optimizer: choice, ...rest }) {
    const rules = shapes.map((shape) => optimizer(choice, shape));
    const size = rules.reduce((sum, rule) => sum + rule.size, 0);
    check(size === seed.length, `shapes of ${seed.length} numbers`, size);
    const vectors = gradients.map((gradient) => vector(gradient, seed.length));
    return { parameters: dst.train(vector(seed), vectors, rules, ...siloOptions(rest, seed.length)) };
  },
};

const START = {
  version: 1,
  implementation: { name: 'literal JavaScript', version: '1', language: 'JavaScript', dtype: 'float32' },
  ...{ ops: Object.keys(OPERATIONS), distances: DISTANCES, thresholds: THRESHOLDS, silos: SILOS },
  optimizers: Object.keys(OPTIMIZERS),
};

function answer({ cmd, op, input }) {
  if (cmd === 'start') return START;
  if (!Object.hasOwn(OPERATIONS, op)) return { skip: `there is no operation ${op} here` };
  try {
    return { output: OPERATIONS[op](input) };
  } catch (error) {
    return { error: { kind: error instanceof InvalidInput ? 'invalid-input' : 'internal', message: String(error) } };
  }
}

/** As JSON has it: lists for vectors, strings for what is no number there, and −0 as it is. */
function write(value) {
  if (Object.is(value, -0)) return '-0';
  if (typeof value === 'number') return JSON.stringify(Number.isFinite(value) ? value : String(value));
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return `[${Array.from(value, write).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{${Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}:${write(entry)}`).join(',')}}`; // prettier-ignore
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if (request.cmd === 'stop') break;
  process.stdout.write(`${write({ seq: request.seq, ...answer(request) })}\n`);
}
