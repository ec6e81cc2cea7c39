/**
 * The table of growth on paper, for models of 10⁹ to 10¹¹ parameters.
 *
 * @module
 */
import { formatCount } from '../../cli/table.ts';
import { computePaperShare, computePaperStep, type PaperModel } from './onPaper.ts';
import type { Table } from '../table.ts';

/** About two million tokens a step. */
export const PAPER_TOKENS = 2 ** 21;
/** Operations a byte of a TPU v4: 275 TFLOP/s in bfloat16, 1.2 TB/s (Jouppi et al. 2023). */
export const BALANCE = 275e12 / 1.2e12;
/** Default of Algorithm 2 here (amb-19). */
const ITERATIONS = 10;
/** Attention's four matrices, the feed-forward layer's three, two norms. */
const SILOS_A_LAYER = 9;

/** Sizes as they are usual at that number of parameters. */
const MODELS: readonly { readonly parameters: number; readonly layers: number; readonly machines: number }[] = [
  { parameters: 1e9, layers: 24, machines: 8 },
  { parameters: 1e10, layers: 40, machines: 64 },
  { parameters: 1e11, layers: 96, machines: 512 },
];

export function paperModels(): readonly PaperModel[] {
  return MODELS.map(({ parameters, layers, machines }) => ({
    parameters,
    tokens: PAPER_TOKENS,
    silos: layers * SILOS_A_LAYER + 2,
    iterations: ITERATIONS,
    machines,
  }));
}

/** What the table is for, in a sentence. */
export function describePaper(): string {
  const tokens = formatCount(PAPER_TOKENS);
  return `${tokens} tokens a step, T = ${ITERATIONS}, ${Math.round(BALANCE)} operations in the time that moves a byte.`;
}

/** A line for each quantity, a column for each model. */
export function paperTable(): Table {
  const models = paperModels();
  const steps = models.map((model) => ({ model, step: computePaperStep(model) }));
  type Cell = (entry: (typeof steps)[number]) => string;
  const line = (name: string, cell: Cell): string[] => [name, ...steps.map(cell)];
  const share = (value: number): string => `${(100 * value).toFixed(3)} %`;
  return {
    columns: [
      { heading: 'parameters' },
      ...models.map(({ parameters }) => ({ heading: power(parameters), align: 'right' }) as const),
    ],
    rows: [
      line('silos (per module and layer)', ({ model }) => String(model.silos)),
      line('machines', ({ model }) => String(model.machines)),
      line('operations of forward and backward', ({ step }) => power(step.flops)),
      line('bytes moved: AdaFactor and θ + u', ({ step }) => formatLarge(step.optimizerBytes)),
      line('bytes moved: DST, Algorithm 2', ({ step }) => formatLarge(step.iterativeBytes)),
      line('bytes moved: DST, exact selection', ({ step }) => formatLarge(step.selectBytes)),
      line('of a step’s time: Algorithm 2', ({ step }) => share(computePaperShare(step, step.iterativeBytes, BALANCE))),
      line('of a step’s time: exact selection', ({ step }) =>
        share(computePaperShare(step, step.selectBytes, BALANCE)),
      ),
      line('memory that DST adds', ({ step }) => formatLarge(step.memoryBytes)),
      line('sent by a machine: Algorithm 2', ({ step }) => formatLarge(step.iterativeExchange)),
      line('number of all-reduces', ({ step }) => String(step.iterativeRounds)),
      line('sent by a machine: exact selection', ({ step }) => formatLarge(step.selectExchange)),
      line('sent by a machine: all distances', ({ step }) => formatLarge(step.gatherExchange)),
    ],
  };
}

/** 1.3 · 10¹⁶, with the exponent in superscript. */
function power(value: number): string {
  const [mantissa, exponent] = value.toExponential(1).split('e+');
  const raised = exponent.replaceAll(/\d/g, (digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]);
  return mantissa === '1.0' ? `10${raised}` : `${mantissa} · 10${raised}`;
}

/** Bytes in the unit that leaves one to three digits before the point. */
export function formatLarge(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];
  const i = Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${Number((bytes / 1000 ** i).toPrecision(3))} ${units[i]}`;
}
