/**
 * A run for a terminal: what falls short first and in full, what holds in counts.
 *
 * @module
 */
import type { CheckRecord, ConformanceRun, State } from '../conform/record.ts';
import { asText, encodeShort } from '../wire/json.ts';
import { sayCauses, sayDiagnosis, sayRuling } from '../diagnosis/words.ts';
import { askedTable } from './asked.ts';
import {
  causesFirst,
  fallsShort,
  groupByReason,
  isCutShort,
  shareOf,
  tallyLevels,
  verdictOf,
  whyPartial,
  WORDS,
} from './tally.ts';
import type { Share } from './tally.ts';

export interface TextOptions {
  readonly color: boolean;
  /** Characters a line; lines are as long as they come without it. */
  readonly width?: number;
}

type Paint = (color: 'red' | 'green' | 'yellow' | 'dim' | 'bold', text: string) => string;

/** Select Graphic Rendition (ECMA-48). */
const CODES = { red: 31, green: 32, yellow: 33, dim: 2, bold: 1 } as const;

export function renderText(run: ConformanceRun, { color, width = Infinity }: TextOptions): string {
  const paint: Paint = (name, text) => (color ? `\u001b[${CODES[name]}m${text}\u001b[0m` : text);
  const short = causesFirst(run).filter(({ state }) => fallsShort(state));
  const parts = [
    headOf(run),
    ...short.map((check) => describeFailure(check, causesOf(run, check), paint, width)),
    ...quietly(run.checks, paint, width),
    levelTable(run),
    askedTable(run),
    verdict(run, short, paint),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function headOf({ start }: ConformanceRun): string {
  const { implementation, protocolVersion, kitVersion, runs, seed, paperOnly } = start;
  const { name, version, language, dtype } = implementation;
  const which = paperOnly ? ', the paper’s checks alone' : '';
  return (
    `${printable(name)} ${printable(version)} (${printable(language)}, ${dtype})\n` +
    `protocol ${protocolVersion}, kit ${kitVersion}, ${runs} runs from seed ${seed}${which}`
  );
}

/** Everything that is needed to understand a failure without the suite. */
function describeFailure(check: CheckRecord, follows: string | undefined, paint: Paint, width: number): string {
  const { id, equation, kind, level, claim, accepts, state, why, counterexample, ruling, stderr } = check;
  const facts: [string, string | undefined][] = [
    ['claim', claim],
    ['why', why],
    ['follows', follows],
    ['ruling', ruling && sayRuling(ruling)],
    ['input', counterexample && encodeShort(counterexample.request ?? counterexample.input)],
    ['tags', counterexample && (counterexample.tags.join(', ') || undefined)],
    ['at', counterexample?.at],
    ['got', counterexample && asText(counterexample.got)],
    ['wrote', counterexample?.wrote],
    ['accepted', counterexample && asText(counterexample.wanted)],
    ['within', counterexample && accepts],
    ['stderr', stderr],
    ['replay', counterexample?.replay],
  ];
  const lines = facts.flatMap(([label, text]) =>
    text === undefined
      ? []
      : wrap(`  ${`${label}:`.padEnd(10)}`, printable(text), label === 'replay' ? Infinity : width),
  );
  const title = `${paint('red', WORDS[state].toUpperCase())}  ${paint('bold', id)}`;
  return [`${title}  ${paint('dim', `(${equation}, ${kind}, ${level})`)}`, ...lines].join('\n');
}

/** What a check that failed may follow from. */
function causesOf({ end }: ConformanceRun, check: CheckRecord): string | undefined {
  const failed = end.diagnosis?.failures.find(({ id }) => id === check.id);
  return failed && sayCauses(failed);
}

/** What did not fall short and is not counted as holding: a line each sort, with the reasons of expected failures. */
function quietly(checks: readonly CheckRecord[], paint: Paint, width: number): string[] {
  const known = checks.filter(({ state }) => state === 'expected-failure');
  const lines = known.flatMap(({ id, why }) =>
    wrap('  ', printable(why === undefined ? id : `${id}: ${why}`), width).map((line) => paint('dim', line)),
  );
  const expected = known.length === 0 ? [] : [[`${known.length} ${WORDS['expected-failure']}:`, ...lines].join('\n')];
  const named = (['skip', 'not-applicable'] as const).flatMap((state) => {
    const count = checks.filter((check) => check.state === state).length;
    if (count === 0) return [];
    const groups = groupByReason(checks, state).flatMap((group) => wrap('  ', printable(group), width));
    return [[`${count} ${WORDS[state]}:`, ...groups.map((line) => paint('dim', line))].join('\n')];
  });
  const cut = checks.filter(isCutShort).map(({ id, runs, planned = runs }) => `  ${runs} of ${planned}  ${id}`);
  const short =
    cut.length === 0 ? [] : [[`${cut.length} cut short (inputs tried of inputs planned):`, ...cut].join('\n')];
  return [...expected, ...named, ...short];
}

function levelTable(run: ConformanceRun): string {
  const share = ({ held, of }: Share): string => (of === 0 ? '–' : `${held}/${of}`);
  const rows = tallyLevels(run).map(({ level, paper, ruling }) => [level, share(paper), share(ruling)]);
  return [['level', 'paper', 'rulings'], ...rows]
    .map(([level, paper, ruling]) => `${level.padEnd(12)}${paper.padStart(8)}${ruling.padStart(9)}`)
    .join('\n');
}

function verdict(run: ConformanceRun, short: readonly CheckRecord[], paint: Paint): string {
  const of = (kind: string): string => {
    const { held, of: tried } = shareOf(run.checks.filter((check) => check.kind === kind));
    return `${held} of ${tried}`;
  };
  const counts = `the paper: ${of('paper')} checks hold; our rulings: ${of('ruling')}`;
  const word = paint(run.end.conforms ? 'green' : 'red', verdictOf(run));
  const unexpected = short.filter(({ state }) => state === ('unexpected-pass' satisfies State)).map(({ id }) => id);
  const named = unexpected.length === 0 ? '' : `\nno longer fail, so take them off the list: ${unexpected.join(', ')}`;
  const partial = whyPartial(run);
  const less = partial.length === 0 ? '' : `\nnot in full: ${partial.join('; ')}`;
  const diagnosis = (run.end.diagnosis && sayDiagnosis(run.end.diagnosis)) ?? [];
  return [`${word}: ${counts}${less}${named}`, ...diagnosis].join('\n');
}

/** Breaks text at spaces; what hangs over is indented by the label's width. */
function wrap(label: string, text: string, width: number): string[] {
  const lines: string[] = [];
  for (const [i, paragraph] of text.split('\n').entries()) {
    let line = i === 0 ? label : ' '.repeat(label.length);
    let isEmpty = true;
    for (const word of paragraph.split(' ')) {
      if (!isEmpty && line.length + 1 + word.length > width) {
        lines.push(line);
        line = ' '.repeat(label.length);
        isEmpty = true;
      }
      line += isEmpty ? word : ` ${word}`;
      isEmpty = false;
    }
    lines.push(line.trimEnd());
  }
  return lines;
}

/** A foreign program's words must not move the cursor: control characters but the line's end are shown as �. */
function printable(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, '\ufffd');
}
