/**
 * A report's input with nothing measured in it: smooth curves of about the right size, for tests and for looking.
 *
 * @module
 */
import { DEMO_METHODS, ITERATIVE } from '../../../cli/demo/methods.ts';
import {
  REPORT_FORMAT,
  type MethodCurves,
  type Placement,
  type ReportInput,
  type ResultRow,
} from '../../../cli/report/input.ts';
import type { SplitIdentity } from '../../../src/data/identity.ts';
import type { Identity } from '../../../src/run/identity.ts';

const STEPS = 400;
const SIZE = 1_050_000;
const LAYERS = 4;
const IN_LAYERS = [
  ['layers/attention/query', 16_384],
  ['layers/attention/key', 16_384],
  ['layers/attention/value', 16_384],
  ['layers/attention/output', 16_384],
  ['layers/attention_norm/scale', 128],
  ['layers/feed_forward/gate', 45_056],
  ['layers/feed_forward/up', 45_056],
  ['layers/feed_forward/output', 45_056],
  ['layers/feed_forward_norm/scale', 128],
] as const;

function row(method: string, epsilon: number | null, metric: number, seconds: number): ResultRow {
  const fraction = epsilon ?? (method.startsWith('full') ? 0.998 : 0);
  const changed = Math.round(SIZE * fraction);
  return {
    id: [...DEMO_METHODS, ITERATIVE].find((each) => each.label === method && each.epsilon === epsilon)?.id ?? null,
    method,
    epsilon,
    metric,
    low: metric - 0.021,
    high: metric + 0.021,
    learningRate: seconds === 0 ? null : 0.02,
    rateNote: method === 'random mask' ? 'guess' : null,
    runs: seconds === 0 ? [] : [{ randomSeed: 1, metric, seconds }],
    changed,
    realisedFraction: changed / SIZE,
    bytes: fraction > 0.5 ? SIZE * 4 : changed * 6,
    seconds,
  };
}

function range<Value>(length: number, value: (i: number) => Value): Value[] {
  return Array.from({ length }, (_, i) => value(i));
}

function placement(epsilon: number): Placement[] {
  const share = (i: number, layer: number): number => Math.min(1, epsilon * (0.4 + ((i * 7 + layer * 3) % 11) / 6));
  return [
    { module: 'embedding/token', layer: null, size: 262_144, changed: Math.round(262_144 * epsilon) },
    ...IN_LAYERS.flatMap(([module, size], i) =>
      range(LAYERS, (layer) => ({ module, layer, size, changed: Math.round(size * share(i, layer)) })),
    ),
    { module: 'final_norm/scale', layer: null, size: 128, changed: 0 },
  ];
}

function curves(method: string, epsilon: number | null, end: number): MethodCurves {
  const wave = (i: number): number => 0.12 * Math.sin(i * 12.9898) * Math.cos(i * 4.1414);
  const dynamic = method === 'DST' && epsilon !== null;
  const checkpoints = [50, 100, 150, 200, 250, 300, 350, 400];
  return {
    method,
    epsilon,
    learningRate: epsilon === null ? 0.01 : 0.02 / Math.sqrt(epsilon),
    loss: range(STEPS, (i) => ({ step: i + 1, value: end + (3.3 - end) * Math.exp(-i / 70) + wave(i) })),
    development: range(8, (i) => ({ step: (i + 1) * 50, value: 0.7 - end * 0.2 - 0.4 * Math.exp(-i / 2) })),
    realised:
      epsilon === null
        ? []
        : range(STEPS, (i) => ({
            step: i + 1,
            fraction: epsilon * (1 + wave(i) / 9) * (dynamic && i < 14 ? i / 14 : 1),
          })),
    thresholds: !dynamic
      ? []
      : IN_LAYERS.flatMap(([module], s) =>
          range(LAYERS, (layer) => layer).flatMap((layer) =>
            range(STEPS / 4, (i) => ({
              step: i * 4 + 1,
              silo: module.replace('layers', `layers/${layer}`),
              value: 1e-4 * 2 ** (s + layer / 3) * Math.exp(-i / 80) * (1 + wave(i + s)),
            })),
          ),
        ),
    placement: epsilon === null ? [] : placement(epsilon),
    overlap: !dynamic
      ? null
      : {
          steps: checkpoints,
          share: checkpoints.map((a) => checkpoints.map((b) => Math.exp(-Math.abs(a - b) / 400))),
        },
  };
}

/** Hashes of one digit each. */
function identityOf(code: string): Identity {
  const split = (rows: number, digit: string): SplitIdentity => ({ rows, sha256: digit.repeat(64) });
  const data = { source: null, train: split(8000, 'c'), development: split(1000, 'd'), test: split(2000, 'e') };
  return { seed: 'a'.repeat(64), tokenizer: 'b'.repeat(64), data, code };
}

/** A whole run. */
export function syntheticReport(): ReportInput {
  return {
    format: REPORT_FORMAT,
    title: 'Dynamic Subset Tuning: definitions to noun classes',
    task: 'supersense (26 noun classes, 2 000 test rows)',
    metricName: 'accuracy',
    metricScale: 'share',
    date: '2025-01-31T12:00:00Z',
    machine: 'some processor, 2 cores, Node 20.20.2',
    version: '0.1.0',
    identity: identityOf('0.1.0'),
    others: [{ part: 'DST, ε = 10 %, until step 120', identity: identityOf('0.0.9') }],
    rows: [
      row('seed as it is', null, 0.023, 0),
      row('most frequent class', null, 0.141, 0),
      row('full fine-tuning', null, 0.696, 51),
      row('DST', 0.1, 0.671, 55),
      row('DST', 0.01, 0.584, 54),
      row('DST', 0.001, 0.361, 54),
      row('random mask', 0.01, 0.473, 52),
    ],
    methods: [
      curves('full fine-tuning', null, 0.7),
      curves('DST', 0.1, 0.85),
      curves('DST', 0.01, 1.2),
      curves('DST', 0.001, 2),
      curves('random mask', 0.01, 1.6),
    ],
    claims: [
      {
        anchor: 'Fig. 1',
        claim: 'Quality falls smoothly as the budget shrinks.',
        verdict: 'holds',
        evidence: '67.1 %, 58.4 %, 36.1 % at ε = 10 %, 1 %, 0.1 %.',
      },
      {
        anchor: 'Table 2',
        claim: 'At ε = 0.1 % the quality is close to that of full fine-tuning.',
        verdict: 'does not hold',
        evidence: '36.1 % against 69.6 %.',
      },
      {
        anchor: 'Table 2',
        claim: 'DST beats a random mask of the same size.',
        verdict: 'not decided',
        evidence: '58.4 % against 57.9 %: +0.5 points, 95 % interval -1.2 to +2.2.',
      },
    ],
    samples: [
      {
        text: 'a small domesticated carnivorous mammal kept as a pet',
        expected: 'animal',
        answers: { 'full fine-tuning': 'animal', 'DST, ε = 10 %': 'animal', 'DST, ε = 1 %': 'food' },
      },
      {
        text: 'the act of <script>alert(1)</script> running',
        expected: 'act',
        answers: { 'full fine-tuning': 'act', 'DST, ε = 10 %': 'act', 'DST, ε = 1 %': 'act' },
      },
    ],
    search: 'trials of 400 steps',
    config: { task: 'supersense', steps: STEPS, rows: 32, silos: 'per-module-and-layer', distance: 'inverse-relative' },
    applyIsExact: true,
    revertIsExact: true,
  };
}

const SENTENCES = [
  [
    'Zwei alte Frauen sitzen auf einer grünen Bank und füttern im Park die Tauben.',
    'Two old women sit on a green bench and feed the pigeons in the park.',
  ],
  ['Der Hund rennt über eine nasse Wiese.', 'The dog runs across a wet meadow.'],
  [
    'Mehrere Kinder bauen am Strand eine Burg, während die Flut langsam näher kommt.',
    'Several children build a castle on the beach while the tide slowly comes nearer.',
  ],
  ['Eine Köchin schneidet Zwiebeln.', 'A cook chops onions.'],
  ['Drei Arbeiter tragen ein Klavier die Treppe hinauf.', 'Three workers carry a piano up the stairs.'],
] as const;

/** A whole run of an open-ended task: long answers, a metric in points, no most frequent class. */
export function syntheticTranslation(): ReportInput {
  const report = syntheticReport();
  const inPoints = (share: number): number => share * 30;
  const rows = report.rows.filter(({ method }) => method !== 'most frequent class');
  return {
    ...report,
    title: 'Dynamic Subset Tuning: German into English',
    task: 'German into English (1,000 test sentences)',
    metricName: 'BLEU',
    metricScale: 'points',
    rows: rows.map((each) => ({
      ...each,
      metric: inPoints(each.metric),
      low: Math.max(0, inPoints(each.low)),
      high: inPoints(each.high),
      runs: each.runs.map((run) => ({ ...run, metric: inPoints(run.metric) })),
    })),
    methods: report.methods.map((each) => ({
      ...each,
      development: each.development.map(({ step, value }) => ({ step, value: Math.max(0, inPoints(value)) })),
    })),
    samples: range(10, (i) => {
      const [text, expected] = SENTENCES[i % SENTENCES.length];
      const words = expected.split(' ');
      const answers = rows
        .slice(1)
        .map(({ method, epsilon }, m): readonly [string, string] => [
          epsilon === null ? method : `${method} ε = ${epsilon * 100} %`,
          words.filter((_, w) => m === 0 || (w * 7 + i) % (m + 2) !== 0).join(' '),
        ]);
      return { text, expected, answers: Object.fromEntries([['seed as it is', ''] as const, ...answers]) };
    }),
  };
}
