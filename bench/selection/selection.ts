/**
 * The parts of a step that are DST's own, on bare vectors: the threshold by exact selection, by Algorithm 2 and by
 * sorting (Fig. 5 of the paper), the whole of distance, threshold and projection, and the passes over memory that they
 * are made of, beside PyTorch and NumPy.
 *
 * @module
 */
import { quantileCount } from '../../src/dst/budget.ts';
import { computeIterativeThreshold } from '../../src/dst/iterative.ts';
import { computeIterativeBySelection } from '../../src/dst/iterativeBySelection.ts';
import { computeQuantile, selectThreshold } from '../../src/dst/threshold.ts';
import type { Kernels } from '../../src/kernel/kernels.ts';
import { createDstStep, drawVectors, type BareVectors } from '../limits/bareVectors.ts';
import { CPU_CLOCK, onCpu, type Contestant } from '../contestant.ts';
import { Field } from '../field.ts';
import { oneThread } from '../kernelsOf.ts';
import { NATIVE, nativeCount } from '../nativePeer.ts';
import type { Peer } from '../peers.ts';
import type { Row, SubjectResult } from '../result.ts';
import { interleave, type Effort } from '../rounds.ts';
import { SELECTION_PEERS } from './peers.ts';
import { printSelection, toCase, WAYS } from './table.ts';
import type { Setting, Subject } from '../subject.ts';

/** Algorithm 2 as it is by default: c = 2, T = 10. */
const BISECTION = { factor: 2, iterations: 10 };
/** Sorting takes as long at every ε, and seconds beyond this size: it is done at one ε, up to this size. */
const SORTABLE = 1_000_000;
const SORTED_AT = 0.01;
/**
 * Beyond that size a single call would fill a round, and it would find in the caches what the contestant before has left there;
 * that many milliseconds hold some calls of a step at 10⁷, and four times as many at 10⁸, as a smaller one has many.
 */
const LARGE_ROUND_MS = 150;
const HUGE_ROUND_MS = 600;
/** How far the threshold of the step before is taken to lie from this one's. */
const DRIFT = 0.95;

export const selection: Subject = { measure, print: printSelection };

async function measure({ quick, huge, kernels: name, say }: Setting): Promise<SubjectResult> {
  const sizes = quick ? [100_000, 1_000_000] : [10_000, 100_000, 1_000_000, 10_000_000, ...(huge ? [100_000_000] : [])];
  const field = await Field.start(SELECTION_PEERS, say);
  const machine = await Field.start([NATIVE], say);
  const { peers, absent } = field;
  const rows: Row[] = [];
  try {
    for (const n of sizes) {
      const isLarge = n > SORTABLE;
      const effort: Effort = {
        rounds: quick ? 3 : 5,
        round: { milliseconds: roundOf(n), least: isLarge ? 1 : 3 },
      };
      const epsilons = quick || isLarge ? [0.01, 0.5] : [1e-5, 1e-3, 0.01, 0.1, 0.5];
      for (const tied of [false, true]) {
        say(`${n} distances${tied ? ', most of them 0' : ''}`);
        const kernels = oneThread(name);
        const vectors = drawVectors(kernels, n, tied);
        for (const peer of peers) await peer.ask({ do: 'vectors', n, tied });
        const groups = epsilons.map((epsilon) => ({
          name: toCase(n, tied, epsilon),
          contestants: [...finding(kernels, vectors, epsilon), ...asked(peers, vectors, epsilon)],
        }));
        if (!tied) groups.push({ name: toCase(n), contestants: reading(kernels, vectors, peers, machine.peers) });
        for (const { name: about, contestants } of groups) {
          const measured = await interleave(contestants, effort, { case: about, x: n });
          rows.push(...measured.rows);
          absent.push(...measured.absent);
        }
      }
    }
  } finally {
    field.stop();
    machine.stop();
  }
  const facts = { clock: CPU_CLOCK, ...field.facts, ...machine.facts };
  return { subject: 'selection', rows, absent: [...absent, ...machine.absent], facts };
}

function roundOf(n: number): number {
  if (n <= SORTABLE) return 20;
  return n <= 1e7 ? LARGE_ROUND_MS : HUGE_ROUND_MS;
}

/** Ours: the ways to find a threshold, and a whole step. */
function finding(kernels: Kernels, vectors: BareVectors, epsilon: number): Contestant[] {
  const { distances } = vectors;
  const n = distances.length;
  const keep = quantileCount(n, epsilon);
  const { threshold } = selectThreshold(distances, keep, kernels);
  const previous = DRIFT * threshold;
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
    onCpu(WAYS.step, createDstStep(kernels, vectors, epsilon)),
  ];
}

function isSorted(n: number, epsilon: number): boolean {
  return n <= SORTABLE && epsilon === SORTED_AT;
}

/** Theirs. */
function asked(peers: readonly Peer[], { distances }: BareVectors, epsilon: number): Contestant[] {
  const rank = distances.length - 1 - quantileCount(distances.length, epsilon);
  return peers.flatMap((peer) => {
    if (peer.peer === 'numpy') return [asking(peer, 'partition', rank)];
    const sorts = isSorted(distances.length, epsilon);
    const works = sorts ? ['kthvalue', 'quantile', 'step'] : ['kthvalue', 'step'];
    return works.map((work) => asking(peer, work, rank));
  });
}

/** One pass over memory: what counts, what sums, what copies. */
function reading(
  kernels: Kernels,
  { distances, theta }: BareVectors,
  peers: readonly Peer[],
  natives: readonly Peer[],
): Contestant[] {
  return [
    onCpu(WAYS.count, () => void kernels.countAbove(distances, 0.01)),
    onCpu(WAYS.finite, () => void kernels.firstNotFinite(distances)),
    onCpu(WAYS.sum, () => void kernels.sum(distances)),
    onCpu(WAYS.copy, () => {
      theta.set(distances);
    }),
    ...peers
      .filter(({ peer }) => peer === 'torch')
      .flatMap((peer) => ['sum', 'copy'].map((work) => asking(peer, work, 0))),
    ...natives.map((native) => nativeCount(native, distances.length)),
  ];
}

/** A peer's work as a contestant, over the vectors that it was last told to draw. */
function asking(peer: Peer, work: string, rank: number): Contestant {
  return peer.contestant(`${peer.peer}.${work}`, { work, rank });
}
