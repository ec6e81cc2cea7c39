#!/usr/bin/env node
// Answers the conformance protocol, version 2, for the module dst.mjs beside this file, which is the paper on one page. Put
// your own in its place: say what it is and has in START, call it in the operations below, and run
//     npx dst conform -- node adapter.mjs
import { createInterface } from 'node:readline';
import * as dst from './dst.mjs';
import { AdaFactor, consecutive, join, move, partition, Sgd, SILOS } from './given.mjs';

const DISTANCES = { absolute: dst.absolute, relative: dst.relative, 'inverse-relative': dst.inverseRelative };
const THRESHOLDS = { quantile: dst.quantile, iterative: dst.iterative };
const OPTIMIZERS = { sgd: Sgd, adafactor: AdaFactor };

/** The caller's mistake, which is refused and never guessed at. */
class InvalidInput extends Error {}

function check(holds, expected, got) {
  if (!holds) throw new InvalidInput(`expected ${expected}, got ${got}`);
}

function oneOf(table, name) {
  check(Object.hasOwn(table, name), `one of ${Object.keys(table).join(', ')}`, name);
  return table[name];
}

/** A vector; "NaN", "Infinity" and "-Infinity" come as strings, which JavaScript compares and stores as numbers. */
function vector(values, length = values.length, least = -Number.MAX_VALUE, greatest = Number.MAX_VALUE) {
  check(values.length === length, `${length} numbers`, values.length);
  return Float32Array.from(values, (value, i) => {
    check(value >= least && value <= greatest, 'a number in range', `${value} at index ${i}`); // never true of NaN
    return value;
  });
}

/** Writes τ, as Algorithm 1 asks for it. */
function threshold({ method, epsilon, factor = 2, iterations = 10 }) {
  check(Number(epsilon) > 0 && Number(epsilon) <= 1, 'epsilon in (0, 1]', epsilon);
  const write = oneOf(THRESHOLDS, method);
  return (tau, s, delta, share) => write(tau, s, delta, share, factor, iterations);
}

function optimizer({ name, dialect = 't5x', ...options }, shape) {
  check(dialect === 't5x', 't5x', dialect);
  return new (oneOf(OPTIMIZERS, name))(shape, options);
}

/** The thresholds before Algorithm 1, and what else it is given. */
function tuning({ silos, distance, previous = silos.map(() => 1), ...choice }, theta0, update) {
  const sum = silos.reduce((total, length) => total + length, 0);
  check(silos.every((length) => length > 0) && sum === theta0.length, `silos that add up to ${theta0.length}`, silos);
  const given = { theta0, silos: consecutive(silos), epsilon: choice.epsilon, optimizer: update };
  const tau = vector(previous, silos.length, 0, Infinity);
  return [tau, { ...given, distance: oneOf(DISTANCES, distance), threshold: threshold(choice) }];
}

/** An operation each. */
const OPERATIONS = {
  silos: ({ strategy, parameters }) => ({ silos: partition(oneOf(SILOS, strategy), parameters) }),

  distance({ kind, seed, candidate }) {
    const distances = vector(seed);
    oneOf(DISTANCES, kind)(distances, vector(candidate, seed.length), vector(seed), vector(seed));
    return { distances };
  },

  threshold({ distances, previous = 1, ...choice }) {
    const tau = vector([previous], 1, 0, Infinity);
    check(distances.length > 0, 'at least one distance', 'none');
    threshold(choice)(tau, 0, vector(distances, undefined, 0, Infinity), choice.epsilon);
    return { threshold: tau[0] };
  },

  project({ seed, candidate, ...choice }) {
    const [tau, given] = tuning(choice, vector(seed));
    const parameters = vector(seed);
    dst.projectSilos(parameters, tau, vector(candidate, seed.length), given);
    return { parameters, thresholds: tau };
  },

  overlap: ({ seed, a, b }) => ({ overlap: dst.overlap(vector(seed), vector(a, seed.length), vector(b, seed.length)) }),

  optimize({ optimizer: choice, parameters, shape, gradients }) {
    const rule = optimizer(choice, shape);
    const theta = vector(parameters, rule.size);
    return { updates: gradients.map((gradient) => move(theta, rule, vector(gradient, rule.size))) };
  },

  train({ seed, shapes, gradients, optimizer: choice, ...rest }) {
    const rules = shapes.map((shape) => optimizer(choice, shape));
    const theta0 = vector(seed, rules.reduce((sum, { size }) => sum + size, 0)); // prettier-ignore
    const [tau, given] = tuning(rest, theta0, join(rules));
    const parameters = gradients.map(() => vector(seed)); // θ after every step
    dst.tune(parameters, tau, gradients.map((gradient) => vector(gradient, seed.length)), given); // prettier-ignore
    return { parameters };
  },

  echo: ({ numbers }) => ({ numbers: Float32Array.from(numbers, Number) }), // the wire alone: what is read is written
};

const TABLES = { ops: OPERATIONS, distances: DISTANCES, thresholds: THRESHOLDS, silos: SILOS, optimizers: OPTIMIZERS };
const START = {
  implementation: { name: 'literal JavaScript', version: '1', language: 'JavaScript', dtype: 'float32' },
  batch: 64, // the most requests in one message: each is answered as if it came alone
  ...Object.fromEntries(Object.entries(TABLES).map(([what, table]) => [what, Object.keys(table)])),
};

function answer({ cmd, version, op, input, requests }) {
  if (cmd === 'start') return { version: Math.min(2, version), ...START };
  if (cmd === 'batch') return { answers: requests.map(answer) };
  if (!Object.hasOwn(OPERATIONS, op)) return { skip: `there is no operation ${op} here` };
  try {
    return { output: OPERATIONS[op](input) };
  } catch (error) {
    return { error: { kind: error instanceof InvalidInput ? 'invalid-input' : 'internal', message: String(error) } };
  }
}

/** As JSON has it: lists for vectors, strings for what is no number there, and −0 as it is. */
function write(value) {
  if (typeof value === 'number' && !Number.isFinite(value)) return `"${value}"`;
  if (ArrayBuffer.isView(value) || Array.isArray(value)) return `[${Array.from(value, write).join(',')}]`;
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0.0' : JSON.stringify(value);
  return `{${Object.entries(value).map(([key, entry]) => `${JSON.stringify(key)}:${write(entry)}`).join(',')}}`; // prettier-ignore
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if (request.cmd === 'stop') break;
  process.stdout.write(`${write({ seq: request.seq, ...answer(request) })}\n`);
}
