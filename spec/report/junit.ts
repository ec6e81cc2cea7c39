/**
 * A run as JUnit XML, as Jenkins, GitHub and GitLab read it: a suite for each equation, a case for each check. Only
 * elements and attributes of Jenkins' schema (junit-10.xsd) are used.
 *
 * @module
 */
import type { CheckRecord, ConformanceRun } from '../conform/record.ts';
import { encodeShort } from '../wire/json.ts';
import { sayCauses, sayDiagnosis, sayRuling } from '../diagnosis/words.ts';
import { causesFirst, isCutShort, verdictOf, WORDS } from './tally.ts';

export function renderJunit(run: ConformanceRun): string {
  const { start, checks, end } = run;
  const ordered = causesFirst(run);
  const suites = [...new Set(ordered.map(({ equation }) => equation))].map((equation) => {
    const own = ordered.filter((check) => check.equation === equation);
    const time = own.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const counts = { ...countsOf(own), skipped: own.filter(({ state }) => isSkipped(state)).length };
    return element(
      'testsuite',
      { name: equation, ...counts, time: seconds(time), timestamp: start.date.replace(/(\.\d+)?Z$/, '') },
      own.map((check) => testcase(check, run)),
    );
  });
  const { name, version } = start.implementation;
  const attributes = {
    name: `${name} ${version}: ${verdictOf(run)}`,
    ...countsOf(checks),
    time: seconds(end.milliseconds),
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, suites)}\n`;
}

function countsOf(checks: readonly CheckRecord[]): Record<'tests' | 'failures' | 'errors', number> {
  return {
    tests: checks.length,
    failures: checks.filter(({ state }) => state === 'fail' || state === 'unexpected-pass').length,
    errors: checks.filter(({ state }) => state === 'crash' || state === 'timeout').length,
  };
}

function isSkipped(state: CheckRecord['state']): boolean {
  return state === 'skip' || state === 'not-applicable' || state === 'expected-failure';
}

function testcase(check: CheckRecord, run: ConformanceRun): string {
  const { id, equation, kind, milliseconds, stderr } = check;
  const attributes = { name: id, classname: `${equation}.${kind}`, time: seconds(milliseconds) };
  const output = stderr === undefined ? [] : [element('system-err', {}, [escapeXml(stderr)])];
  return element('testcase', attributes, [...outcome(check, diagnosisOf(check, run)), ...output]);
}

/** The first of the failures says what is wrong with all, each what it follows from. */
function diagnosisOf({ id }: CheckRecord, { end: { diagnosis } }: ConformanceRun): string[] {
  const failed = diagnosis?.failures.find((failure) => failure.id === id);
  if (diagnosis === undefined || failed === undefined) return [];
  const causes = sayCauses(failed);
  return [
    ...(failed === diagnosis.failures[0] ? sayDiagnosis(diagnosis) : []),
    ...(causes === undefined ? [] : [`follows: ${causes}`]),
  ];
}

function outcome(check: CheckRecord, diagnosis: readonly string[]): string[] {
  const { state, why, claim } = check;
  const message = why === undefined ? WORDS[state] : `${WORDS[state]}: ${why}`;
  switch (state) {
    case 'pass':
      return isCutShort(check) ? [element('system-out', {}, [`${check.runs} of ${check.planned} inputs`])] : [];
    case 'skip':
    case 'not-applicable':
    case 'expected-failure':
      return [element('skipped', { message }, [])];
    case 'fail':
    case 'unexpected-pass':
      return [
        element('failure', { message: state === 'fail' ? claim : message, type: state }, [
          escapeXml(story(check, diagnosis)),
        ]),
      ];
    case 'timeout':
    case 'crash':
      return [element('error', { message, type: state }, [escapeXml(story(check, diagnosis))])];
  }
}

function story({ accepts, counterexample, ruling }: CheckRecord, diagnosis: readonly string[]): string {
  if (counterexample === undefined) return diagnosis.join('\n');
  const { input, request = input, wrote, tags, at, got, wanted, replay } = counterexample;
  const lines = [
    `input: ${encodeShort(request)}`,
    `tags: ${tags.join(', ')}`,
    ...(at === undefined ? [] : [`at: ${at}`]),
    `got: ${encodeShort(got)}`,
    ...(wrote === undefined ? [] : [`wrote: ${wrote}`]),
    `accepted: ${encodeShort(wanted)}`,
    `within: ${accepts}`,
    `replay: ${replay}`,
    ...(ruling === undefined ? [] : [`ruling: ${sayRuling(ruling)}`]),
    ...diagnosis,
  ];
  return lines.join('\n');
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}

function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  children: readonly string[],
): string {
  const head = Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeXml(String(value))}"`);
  const body = children.join(name === 'testsuites' || name === 'testsuite' ? '\n' : '');
  return body === '' ? `<${name}${head.join('')}/>` : `<${name}${head.join('')}>${body}</${name}>`;
}

/** Text for XML 1.0, which has no place for most control characters, not even escaped, nor for halves of pairs. */
export function escapeXml(text: string): string {
  return text
    .replace(/[^\P{Cc}\n\r\t\u0080-\u009f]|[\ufffe\uffff\ud800-\udfff]/gu, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replace(/[\n\r\t]/g, (character) => `&#${character.charCodeAt(0)};`);
}
