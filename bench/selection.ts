/**
 * The parts of a step that are DST's own, on bare vectors: the threshold by exact selection, by Algorithm 2 and by
 * sorting (Fig. 5 of the paper), the whole of distance, threshold and projection, and the passes over memory that they
 * are made of, beside PyTorch and NumPy.
 *
 * @module
 */
import { quantileCount } from '../src/dst/budget.ts';
import { computeDistances } from '../src/dst/distance.ts';
import { computeIterativeThreshold } from '../src/dst/iterative.ts';
import { computeIterativeBySelection } from '../src/dst/iterativeBySelection.ts';
import { computeQuantile, selectThreshold } from '../src/dst/threshold.ts';
import { Internal } from '../src/errors.ts';
import type { Kernels } from '../src/kernel/kernels.ts';
import { Random } from '../src/tensor/random.ts';
import { inProcess, type Contestant } from './contestant.ts';
import { close, kernelsOf } from './kernelsOf.ts';
import type { Peer } from './peers.ts';
import type { Row, SubjectResult } from './result.ts';
import { interleave, type Effort } from './rounds.ts';
import { asking, startPeers } from './selectionPeers.ts';
import { printSelection, toCase, WAYS } from './selectionTable.ts';
import type { Setting, Subject } from './subject.ts';

/** Algorithm 2 as it is by default: c = 2, T = 10. */
const BISECTION = { factor: 2, iterations: 10 };
/** Sorting takes as long at every ε, and seconds beyond this size: it is done at one ε, up to this size. */
const SORTABLE = 1_000_000;
const SORTED_AT = 0.01;
/** How far the threshold of the step before is taken to lie from this one's. */
const DRIFT = 0.95;

export const selection: Subject = { measure, print: printSelection };

async function measure({ quick, huge, kernels: name, say }: Setting): Promise<SubjectResult> {
  const sizes = quick ? [100_000, 1_000_000] : [10_000, 100_000, 1_000_000, 10_000_000, ...(huge ? [100_000_000] : [])];
  const { peers, absent } = await startPeers();
  const rows: Row[] = [];
  try {
    for (const n of sizes) {
      const isLarge = n > SORTABLE;
      const effort: Effort = { rounds: quick ? 3 : 5, round: { milliseconds: 20, least: isLarge ? 1 : 3 } };
      const epsilons = quick || isLarge ? [0.01, 0.5] : [1e-5, 1e-3, 0.01, 0.1, 0.5];
      for (const tied of [false, true]) {
        say(`${n} distances${tied ? ', most of them 0' : ''}`);
        const kernels = kernelsOf(name, 1);
        if (kernels === undefined) throw new Internal('selection: expected kernels of one thread, got none');
        const vectors = draw(kernels, n, tied);
        for (const peer of peers) await peer.ask({ do: 'vectors', n, tied });
        const groups = epsilons.map((epsilon) => ({
          name: toCase(n, tied, epsilon),
          contestants: [...finding(kernels, vectors, epsilon), ...asked(peers, vectors, epsilon)],
        }));
        if (!tied) groups.push({ name: toCase(n), contestants: reading(kernels, vectors, peers) });
        for (const { name: about, contestants } of groups) {
          const measured = await interleave(contestants, effort, { case: about, x: n });
          rows.push(...measured.rows);
          absent.push(...measured.absent);
        }
        close(kernels);
      }
    }
  } finally {
    for (const peer of peers) peer.stop();
  }
  const facts = Object.fromEntries(peers.map(({ peer, about }) => [peer, about]));
  return { subject: 'selection', rows, absent, facts: { kernels: name, ...facts } };
}

interface Vectors {
  readonly seed: Float32Array;
  readonly candidate: Float32Array;
  readonly parameters: Float32Array;
  readonly distances: Float32Array;
}

/** A seed, and a candidate 0.01 normal away from it, or, of nine in ten where most distances tie, not at all. */
function draw(kernels: Kernels, n: number, tied: boolean): Vectors {
  const random = new Random(1);
  const [seed, candidate, parameters, distances] = [0, 1, 2, 3].map(() => kernels.memory.floats(n));
  for (let i = 0; i < n; i++) {
    seed[i] = random.normal();
    candidate[i] = seed[i] + (tied && random.integer(10) > 0 ? 0 : 0.01 * random.normal());
  }
  computeDistances(distances, candidate, seed, 'inverse-relative', kernels);
  return { seed, candidate, parameters, distances };
}

/**
 * A contestant whose milliseconds are those that the process spent working: a long call never escapes from the other
 * processes of a shared machine, a short one does, and their ratio would say so.
 */
function onCpu(name: string, run: () => void): Contestant {
  return inProcess(name, 1, run, undefined, () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  });
}

/** Ours: the ways to find a threshold, and a whole step. */
function finding(kernels: Kernels, { seed, candidate, parameters, distances }: Vectors, epsilon: number): Contestant[] {
  const n = distances.length;
  const keep = quantileCount(n, epsilon);
  const { threshold } = selectThreshold(distances, keep, kernels);
  const previous = DRIFT * threshold;
  const step = (): void => {
    computeDistances(distances, candidate, seed, 'inverse-relative', kernels);
    const { threshold: tau } = selectThreshold(distances, keep, kernels);
    kernels.project(parameters, candidate, seed, distances, tau);
  };
  return [
    onCpu(WAYS.select, () => void selectThreshold(distances, keep, kernels)),
    onCpu(WAYS.near, () => void selectThreshold(distances, keep, kernels, previous)),
    onCpu(WAYS.digits, () => void kernels.orderStatistic(distances, n - 1 - keep, -1)),
    onCpu(WAYS.iterative, () => {
      computeIterativeBySelection(distances, epsilon, previous, BISECTION, kernels);
    }),
    onCpu(WAYS.counting, () => {
      computeIterativeThreshold(distances, epsilon, previous, BISECTION, kernels);
    }),
    ...(isSorted(n, epsilon) ? [onCpu(WAYS.sort, () => void computeQuantile(distances, epsilon))] : []),
    onCpu(WAYS.step, step),
  ];
}

function isSorted(n: number, epsilon: number): boolean {
  return n <= SORTABLE && epsilon === SORTED_AT;
}

/** Theirs. */
function asked(peers: readonly Peer[], { distances }: Vectors, epsilon: number): Contestant[] {
  const rank = distances.length - 1 - quantileCount(distances.length, epsilon);
  return peers.flatMap((peer) => {
    if (peer.peer === 'numpy') return [asking(peer, 'partition', rank)];
    const sorts = isSorted(distances.length, epsilon);
    const works = sorts ? ['kthvalue', 'quantile', 'step'] : ['kthvalue', 'step'];
    return works.map((work) => asking(peer, work, rank));
  });
}

/** One pass over memory: what counts, what sums, what copies. */
function reading(kernels: Kernels, { distances, parameters }: Vectors, peers: readonly Peer[]): Contestant[] {
  return [
    onCpu(WAYS.count, () => void kernels.countAbove(distances, 0.01)),
    onCpu(WAYS.finite, () => void kernels.firstNotFinite(distances)),
    onCpu(WAYS.sum, () => void kernels.sum(distances)),
    onCpu(WAYS.copy, () => {
      parameters.set(distances);
    }),
    ...peers
      .filter(({ peer }) => peer === 'torch')
      .flatMap((peer) => ['sum', 'copy'].map((work) => asking(peer, work, 0))),
  ];
}
