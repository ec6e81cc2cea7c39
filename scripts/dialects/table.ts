/**
 * The table of docs/adafactor-dialects.md, made from the table in src/optim/dialects.ts.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { fillSection } from '../../html/section.ts';
import type {
  AdafactorOptions,
  Dialect,
  FactoringName,
  MomentumName,
  RegularisationName,
  ScalingName,
  StepSizeName,
  WeightDecayName,
} from '../../src/optim/dialects.ts';
import { DIALECT_NAMES, DIALECTS } from '../../src/optim/dialects.ts';
import type { Pages } from '../generate/generator.ts';
import { readMeasured } from './measured.ts';
import { knownFrom, renderAgreement, renderEnds, renderSubsets, tableOf } from './runs.ts';

const FACTORINGS: Readonly<Record<FactoringName, string>> = {
  'two-largest': 'second-largest dimension ≥ minimum; along the two largest',
  'two-largest-if-last': 'second-largest dimension ≥ minimum; along the two largest, which come last',
  'first-two-or-last-two': 'of rank 3 and more the first two if both ≥ minimum; else the last two if both are',
  'last-two': 'rank ≥ 2, any size; along the last two',
};
const REGULARISATIONS: Readonly<Record<RegularisationName, string>> = {
  'added-to-squares': 'added: g² + ε₁',
  'floor-of-estimate': 'a floor: max(mean(v_row), ε₁), max(v̂, ε₁²); g² alone is averaged',
};
const STEP_SIZES: Readonly<Record<StepSizeName, string>> = {
  given: 'ρ = lr',
  'capped-by-inverse-root': 'ρ = min(lr, t^−½)',
};
const SCALINGS: Readonly<Record<ScalingName, string>> = {
  'as-asked': '',
  'relative-steps-alone': ', with a relative step alone',
};
const MOMENTA: Readonly<Record<MomentumName, string>> = {
  'of-scaled-updates': 'm = β₁m + (1 − β₁)·ρ·scale·y, not debiased',
  'of-scaled-updates-in-bfloat16': 'the same, of and in bfloat16',
  'of-clipped-updates-in-bfloat16': 'm = β₁m + (1 − β₁)·y, of and in bfloat16; then ρ·m',
  none: 'none',
};
const WEIGHT_DECAYS: Readonly<Record<WeightDecayName, string>> = {
  bare: 'w·θ',
  'times-rate': 'w·lr·θ',
  'times-rate-before-scale': 'w·lr·θ, before RMS(θ) is taken',
  'times-step': 'w·ρ·scale·θ',
};

/** Each row: what it is called, and what it is in a dialect. */
const ROWS: readonly (readonly [string, (dialect: Dialect) => string])[] = [
  ['β₂ at the step t = 1, 2, …', ({ defaults }) => ofBeta2(defaults)],
  ['factored', ({ factoring }) => FACTORINGS[factoring]],
  ['minimum of a dimension', ({ defaults }) => String(defaults.minDimSizeToFactor ?? 'none')],
  ['ε₁', ({ regularisation }) => REGULARISATIONS[regularisation]],
  ['ε₁ by default', ({ defaults }) => (defaults.epsilon1 === 2 ** -23 ? 'the dtype’s epsilon' : '1e-30')],
  ['normaliser', () => 'mean(v_row) of each matrix'],
  ['y', () => 'g / √v̂'],
  ['update clip', ({ defaults }) => ofClip(defaults)],
  ['parameter scale', ({ defaults }) => `max(${defaults.epsilon2}, RMS(θ))`],
  ['… is on', (dialect) => whenScaled(dialect)],
  ['step size', ({ stepSize }) => STEP_SIZES[stepSize]],
  ['… relative: ρ = min(0.01, t^−½)', (dialect) => whenRelative(dialect)],
  ['momentum', ({ momentum }) => MOMENTA[momentum]],
  ['β₁ by default', ({ defaults }) => String(defaults.momentum ?? 'none')],
  ['weight decay, taken from the update', ({ weightDecay }) => WEIGHT_DECAYS[weightDecay]],
];

function ofBeta2({ decayRate, beta2Cap }: AdafactorOptions): string {
  const decay = `1 − t^−${decayRate}`;
  return beta2Cap === null ? decay : `min(${beta2Cap}, ${decay})`;
}

function ofClip({ clippingThreshold: d }: AdafactorOptions): string {
  return d === null ? 'none by default' : `y / max(1, RMS(y)/d), whole tensor, d = ${d}`;
}

function whenScaled({ defaults, limits, scaling }: Dialect): string {
  const byDefault = defaults.multiplyByParameterScale;
  if (limits.multiplyByParameterScale !== undefined) return byDefault ? 'always' : 'never';
  return (byDefault ? 'by default' : 'if asked for') + SCALINGS[scaling];
}

function whenRelative({ defaults, limits }: Dialect): string {
  if (limits.relativeStep !== undefined) return 'never';
  return defaults.relativeStep ? '**by default: lr is ignored**' : 'if asked for';
}

/** The table in Markdown, and below it the source of each dialect. */
export function renderDialects(): string {
  const { programs } = readMeasured();
  const table = tableOf(
    ['stage', ...DIALECT_NAMES.map((name) => `\`${name}\``)],
    [
      ['known', ...DIALECT_NAMES.map((name) => knownFrom(name, programs))],
      ...ROWS.map(([title, cell]) => [title, ...DIALECT_NAMES.map((name) => cell(DIALECTS[name]))]),
    ],
  );
  const sources = DIALECT_NAMES.map((name) => `- \`${name}\`: ${DIALECTS[name].source}`);
  return `${table}\n\nPublished in:\n\n${sources.join('\n')}`;
}

const PAGE = 'docs/adafactor-dialects.md';
const GUIDE = 'docs/guides/published-adafactors.md';
const NOTE = '<!-- Made by npm run generate, do not edit. -->';

/** The document with the table in its section. */
export function includeDialects(document: string): string {
  return fillSection(document, 'dialects', `${NOTE}\n\n${renderDialects()}`, PAGE);
}

export function dialectPages(): Pages {
  const { date, programs } = readMeasured();
  const run = `${NOTE}\n\nRun on ${date}.`;
  const page = fillSection(
    includeDialects(readFileSync(PAGE, 'utf8')),
    'agreement',
    `${run}\n\n${renderAgreement(programs)}`,
    PAGE,
  );
  return new Map([
    [PAGE, fillSection(page, 'ends', `${run}\n\n${renderEnds(programs)}`, PAGE)],
    [GUIDE, fillSection(readFileSync(GUIDE, 'utf8'), 'subsets', `${run}\n\n${renderSubsets(programs)}`, GUIDE)],
  ]);
}
