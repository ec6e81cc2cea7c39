/**
 * The peers: who they are, where they are installed, and a conversation with each over JSON lines (bench/peers/protocol.mjs).
 *
 * @module
 */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Unavailable } from '../src/errors.ts';
import { computeMedian } from './spread.ts';
import type { Contestant } from './contestant.ts';

const FOLDER = fileURLToPath(new URL('peers/', import.meta.url));
const PACKAGES = join(FOLDER, 'node_modules');
const CPU_FLAGS = '/proc/cpuinfo';

/** How a peer is called on this machine. */
interface Call {
  readonly program: string;
  readonly script: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Who can be compared with. */
export interface PeerDefinition {
  readonly peer: string;
  readonly threads: number;
  /** The call; or why there is none, and what would help. */
  readonly find: () => Call | string;
}

export const TORCH: PeerDefinition = { peer: 'torch', threads: 1, find: () => findTorch(1) };
/** Two threads for matrix products, one for the rest: more are slower on two cores, since both kinds spin. */
export const TORCH_TWO: PeerDefinition = { ...TORCH, threads: 2, find: () => findTorch(2) };
/** On a processor with wider vectors: the same with vectors of 256 bits, twice as wide as those of WebAssembly. */
export const TORCH_AVX2: PeerDefinition = { peer: 'torch-avx2', threads: 1, find: () => findTorchAvx2(1) };
export const TORCH_AVX2_TWO: PeerDefinition = { ...TORCH_AVX2, threads: 2, find: () => findTorchAvx2(2) };
export const TFJS: PeerDefinition = {
  peer: 'tfjs-wasm',
  threads: 1,
  find: () => findPackage('@tensorflow/tfjs-backend-wasm', process.execPath, 'tfjs.mjs'),
};
/** It needs a newer Node than the project does: the npm package `node` brings one. */
export const JAX: PeerDefinition = {
  peer: 'jax-js',
  threads: 1,
  find: () => findPackage('@jax-js/jax', join(PACKAGES, 'node', 'bin', 'node'), 'jax.mjs'),
};

function findPackage(name: string, program: string, script: string): Call | string {
  const installed = existsSync(join(PACKAGES, name)) && existsSync(program);
  return installed ? { program, script } : 'not installed: npm ci --prefix bench/peers';
}

function findTorch(threads: number): Call | string {
  const program = findPython('torch');
  if (program === undefined) return 'not installed: no python3 here has torch (Debian: python3-torch)';
  return {
    program,
    script: 'torch_peer.py',
    environment: { OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: String(threads), MKL_NUM_THREADS: String(threads) },
  };
}

function findTorchAvx2(threads: number): Call | string {
  const call = findTorch(threads);
  if (typeof call === 'string') return call;
  const hasWider = existsSync(CPU_FLAGS) && readFileSync(CPU_FLAGS, 'latin1').includes(' avx512');
  if (!hasWider) return 'the processor has no wider vectors: as torch';
  const narrow = { OPENBLAS_CORETYPE: 'Haswell', ATEN_CPU_CAPABILITY: 'avx2', MKL_ENABLE_INSTRUCTIONS: 'AVX2' };
  return { ...call, environment: { ...call.environment, ...narrow } };
}

/** The first python3 that finds a package, without importing it. */
export function findPython(name: string): string | undefined {
  const code = `import importlib.util,sys; sys.exit(importlib.util.find_spec("${name}") is None)`;
  return ['python3', '/usr/bin/python3'].find((program) => spawnSync(program, ['-c', code]).status === 0);
}

/** An answer: one JSON object. */
export type Answer = Readonly<Record<string, unknown>>;

/** A peer that runs. */
export class Peer {
  readonly peer: string;
  readonly threads: number;
  /** Its version and what it runs on. */
  readonly about: string;
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor(definition: PeerDefinition, child: ChildProcess, lines: AsyncIterator<string>, hello: Answer) {
    this.peer = definition.peer;
    this.threads = definition.threads;
    this.about = [hello['version'], hello['runtime'], hello['note']]
      .filter((part) => typeof part === 'string')
      .join(', ');
    this.#child = child;
    this.#lines = lines;
  }

  /** @throws {@link Unavailable} that says why it does not run here, and what would help. */
  static async start(definition: PeerDefinition): Promise<Peer> {
    const call = definition.find();
    if (typeof call === 'string') throw new Unavailable(call);
    const child = spawn(call.program, [call.script], {
      cwd: FOLDER,
      env: { ...process.env, ...call.environment },
      stdio: ['pipe', 'pipe', process.env['DST_DEBUG'] ? 'inherit' : 'ignore'],
    });
    child.stdin.on('error', () => undefined); // a peer that has gone: the end of its answers says so
    const gone = new Promise<never>((_, reject) =>
      child.on('error', (cause) => reject(new Unavailable(cause.message))),
    );
    const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const hello = await Promise.race([nextAnswer(lines, 'hello'), gone]);
    return new Peer(definition, child, lines, hello);
  }

  /** @throws {@link Unavailable} with the peer's own words where it fails. */
  async ask(request: Readonly<Record<string, unknown>>): Promise<Answer> {
    this.#child.stdin?.write(`${JSON.stringify(request)}\n`);
    return nextAnswer(this.#lines, String(request['do']));
  }

  /**
   * What it was last told to prepare, as a contestant; or what `request` asks of it each round, under a name of its own.
   *
   * @param flops - operations of a call, if they are not the case's.
   */
  contestant(name = this.peer, request: Readonly<Record<string, unknown>> = {}, flops?: number): Contestant {
    return {
      peer: name,
      threads: this.threads,
      ...(flops === undefined ? {} : { flops }),
      round: async (options) => {
        const { times } = await this.ask({ do: 'round', ...request, ...options });
        if (!isTimes(times)) throw new Unavailable(`${name}: expected times, got ${JSON.stringify(times)}`);
        return computeMedian(times);
      },
    };
  }

  stop(): void {
    this.#child.stdin?.end();
    this.#child.kill();
  }
}

function isTimes(value: unknown): value is number[] {
  return Array.isArray(value) && value.length > 0 && value.every((time) => typeof time === 'number');
}

async function nextAnswer(lines: AsyncIterator<string>, to: string): Promise<Answer> {
  const next = await lines.next();
  if (next.done === true)
    throw new Unavailable(`${to}: expected an answer, got the end of the process (DST_DEBUG=1 shows why)`);
  const answer = parse(next.value);
  if (typeof answer !== 'object' || answer === null)
    throw new Unavailable(`${to}: expected an object, got ${next.value}`);
  if ('error' in answer) throw new Unavailable(`${to}: ${String(answer.error)}`);
  return answer as Answer;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (cause) {
    throw new Unavailable(`answer: expected JSON, got ${line.slice(0, 80)}`, { cause });
  }
}
