/**
 * What the report is drawn from: numbers and words only, so that a page can be made from a live run, from a stored
 * `result.json`, or from synthetic values in a test. Fractions are shares in [0, 1]; sizes are counts of parameters.
 */
import type { Identity } from '../../src/run/identity.ts';
import type { MetricScale } from '../../src/metrics/measure.ts';
import type { OtherIdentity } from './identity.ts';

/** What is measured. */
export interface Metric {
  /** As a reader should see it: `accuracy`, `BLEU`. */
  readonly metricName: string;
  readonly metricScale: MetricScale;
}

/** A claim holds, does not hold, or the numbers do not tell. */
export type Verdict = 'holds' | 'does not hold' | 'not decided';

/** One training run of a method. */
export interface SeedRun {
  /** Its random seed. */
  readonly randomSeed: number;
  readonly metric: number;
  /** Wall-clock seconds of training. */
  readonly seconds: number;
}

/** One line of the result table. */
export interface ResultRow {
  /** The id of the method in the comparison, such as `full` or `dst-0.01`; null if nothing was trained. */
  readonly id: string | null;
  /** What was done, as the reader should see it: `full fine-tuning`, `DST`, `random mask`, `seed as it is` … */
  readonly method: string;
  /** The budget ε in (0, 1], or null if the method has none (the seed, the most frequent class, full fine-tuning). */
  readonly epsilon: number | null;
  /** The metric on the test split, in [0, 1] where it is a share; the mean over the runs if there are several. */
  readonly metric: number;
  /** Lower end of the metric's 95 % interval, over the test rows, and over the random seeds if there are several. */
  readonly low: number;
  /** Upper end of the metric's 95 % interval. */
  readonly high: number;
  /** null if nothing was trained. */
  readonly learningRate: number | null;
  /** What has to be known of the learning rate: `guess`, `edge of the search`; null if it is the best of a search. */
  readonly rateNote: string | null;
  /** One a random seed; empty if nothing was trained. What is not in them is of the first. */
  readonly runs: readonly SeedRun[];
  /** Parameters that differ from the seed, bit for bit. */
  readonly changed: number;
  /** `changed` as a share of all parameters. */
  readonly realisedFraction: number;
  /** Size of what has to be stored next to the seed, in bytes. */
  readonly bytes: number;
  /** Wall-clock seconds of training; the mean over the runs. */
  readonly seconds: number;
}

/** A value of a curve at a training step (steps count from 1; 0 is before the first). */
export interface CurvePoint {
  readonly step: number;
  readonly value: number;
}

/** What one method did over its training steps. Empty lists are fine: the page says what was not recorded. */
export interface MethodCurves {
  readonly method: string;
  readonly epsilon: number | null;
  readonly learningRate: number | null;
  /** Training loss. */
  readonly loss: readonly CurvePoint[];
  /** The metric on the development split. */
  readonly development: readonly CurvePoint[];
  /** Realised fraction of all parameters, to be read against ε. */
  readonly realised: readonly { readonly step: number; readonly fraction: number }[];
  /** Threshold τ of each silo (Eq. 6). */
  readonly thresholds: readonly { readonly step: number; readonly silo: string; readonly value: number }[];
  /** Where in the network the subset lies at the end: one entry per parameter tensor. */
  readonly placement: readonly Placement[];
  /** Overlap of checkpoints (Eq. 9): `share[i][j]` of the checkpoints at `steps[i]` and `steps[j]`, in [0, 1]. */
  readonly overlap: { readonly steps: readonly number[]; readonly share: readonly (readonly number[])[] } | null;
}

/** How much of one parameter tensor was changed. `layer` is null if a tensor belongs to no layer. */
export interface Placement {
  readonly module: string;
  readonly layer: number | null;
  readonly size: number;
  readonly changed: number;
}

/** A claim of the paper, looked at in this run. */
export interface Claim {
  /** Where the paper says it: `Fig. 1`, `Table 7`, `Eq. 9` … */
  readonly anchor: string;
  readonly claim: string;
  readonly verdict: Verdict;
  /** The numbers that decide it. */
  readonly evidence: string;
}

/** One test row with what each method answered, by the method's label, in the order to be shown. */
export interface Sample {
  readonly text: string;
  readonly expected: string;
  /** All answers that are right, if there are others than the expected one. */
  readonly references?: readonly string[];
  readonly answers: Readonly<Record<string, string>>;
}

/**
 * Name and version of a comparison's result.json: the first had no name, and two verdicts; the second no ids; the third
 * called a random seed `seed`.
 */
export const REPORT_FORMAT = 'dynamic-subset-tuning/comparison/4';

/** Everything on the page. */
export interface ReportInput extends Metric {
  readonly format: typeof REPORT_FORMAT;
  readonly title: string;
  readonly task: string;
  /** When the run was made, ISO 8601. */
  readonly date: string;
  /** Processor, cores and Node version. */
  readonly machine: string;
  /** Version of this package. */
  readonly version: string;
  readonly rows: readonly ResultRow[];
  readonly methods: readonly MethodCurves[];
  readonly claims: readonly Claim[];
  readonly samples: readonly Sample[];
  readonly config: Readonly<Record<string, unknown>>;
  /** The seed, its tokenizer, the data and the version that the methods were compared with. */
  readonly identity: Identity;
  /** What methods, or steps of them, were made of if that is something else, such as another version. */
  readonly others: readonly OtherIdentity[];
  /** How the learning rates were searched; null if they are guesses or of no search. */
  readonly search: string | null;
  /** Whether the subset applied to the seed gave the tuned model, bit for bit. */
  readonly applyIsExact: boolean;
  /** Whether reverting gave back the seed, bit for bit. */
  readonly revertIsExact: boolean;
}
