/**
 * What the reports say of a run, and that they stay what they are whatever a foreign program writes.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { DOMParser, parseHTML } from 'linkedom';
import { afterAll, describe, expect, it } from 'vitest';
import { STATES } from '../../../spec/conform/record.ts';
import { VECTOR_SCHEMA } from '../../../spec/vectors/schema.ts';
import { levelReached, renderBadge } from '../../../spec/report/badge.ts';
import { parseJsonLines, renderJsonLines } from '../../../spec/report/jsonLines.ts';
import { escapeXml, renderJunit } from '../../../spec/report/junit.ts';
import { SIGNS } from '../../../spec/report/matrix.ts';
import { renderHtml } from '../../../spec/report/page.ts';
import { BROKEN, CONFORMING, sampleRun } from './samples.ts';
import { RECORD_SCHEMA } from '../../../spec/report/schema.ts';
import { fallsShort, tallyLevels } from '../../../spec/report/tally.ts';
import { renderText } from '../../../spec/report/text.ts';

const folder = mkdtempSync(join(tmpdir(), 'dst-report-'));
afterAll(() => rmSync(folder, { recursive: true }));

it('has every state in the sample, so that the tests below see them all', () => {
  expect(new Set(BROKEN.checks.map(({ state }) => state))).toEqual(new Set(STATES));
});

describe('JSON Lines', () => {
  const text = renderJsonLines(BROKEN);
  const lines = text.trimEnd().split('\n');

  it('are read back as they were', () => {
    expect(renderJsonLines(parseJsonLines(text))).toBe(text);
    expect(lines).toHaveLength(BROKEN.checks.length + 2);
    expect(text).toContain('"seed":[1,-0.0,"-Infinity"]');
  });

  it('are what the shipped schema says', () => {
    const isRecord = new Ajv2020({ strict: false }).compile(RECORD_SCHEMA);
    for (const line of lines) expect(isRecord(JSON.parse(line)), line).toBe(true);
    expect(isRecord({ type: 'check', id: 'eq7/x' })).toBe(false);
  });

  it.each<[string, string, string]>([
    [
      'cut off',
      lines.slice(0, 5).join('\n') + '\n',
      `run: expected a last record of type end, got "a stream that was cut off after 4 of ${BROKEN.checks.length} checks"`,
    ],
    ['cut off in a line', lines.slice(0, 5).join('\n').slice(0, -3), 'run:5: expected a line of JSON'],
    ['empty', '', 'run:1: expected a record of type start, got "nothing"'],
    ['without a start', lines.slice(1).join('\n'), 'run:1: expected a record of type start'],
    [
      'of another version',
      text.replace('"recordVersion":1', '"recordVersion":9'),
      'run:1: recordVersion: expected version 1, got "9"',
    ],
    [
      'with a check left out',
      [...lines.slice(0, 4), ...lines.slice(5)].join('\n'),
      `run: expected ${BROKEN.checks.length} checks, got ${BROKEN.checks.length - 1}`,
    ],
    ['with a wrong state', text.replace('"state":"pass"', '"state":"good"'), 'state: expected a record of type check'],
  ])('%s are refused, with the place', (_, broken, message) => {
    expect(() => parseJsonLines(broken, 'run')).toThrow(message);
  });
});

describe('text', () => {
  const text = renderText(BROKEN, { color: false });

  it('shows all that is needed to understand a failure', () => {
    const failed = BROKEN.checks.find(({ state }) => state === 'fail');
    expect(text).toContain(`FAILS  ${failed?.id}`);
    for (const part of [
      failed?.claim,
      failed?.accepts,
      failed?.counterexample?.replay,
      '"seed":[1,-0.0,"-Infinity"]',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('shows what falls short before everything else, and names what no longer fails', () => {
    const short = BROKEN.checks.filter(({ state }) => fallsShort(state));
    const places = short.map(({ id }) => text.indexOf(id));
    expect(Math.max(...places)).toBeLessThan(text.indexOf('level '));
    const unexpected = BROKEN.checks.filter(({ state }) => state === 'unexpected-pass').map(({ id }) => id);
    expect(text).toContain(`take them off the list: ${unexpected.join(', ')}`);
  });

  it('counts paper and rulings apart, level by level', () => {
    const held = (kind: string): number => CONFORMING.checks.filter((check) => check.kind === kind).length;
    const right = renderText(CONFORMING, { color: false });
    expect(right).toContain(
      `conforms: the paper: ${held('paper')} of ${held('paper')} checks hold; our rulings: ${held('ruling')}`,
    );
    for (const { level } of tallyLevels(CONFORMING)) expect(right).toContain(level);
    expect(right).not.toContain('claim:');
  });

  it('does not let a foreign program move the cursor', () => {
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    expect(renderText(BROKEN, { color: true })).toContain('\u001b[31m');
  });

  it('keeps to the width, but for single words and lines to be copied', () => {
    const width = 60;
    for (const line of renderText(BROKEN, { color: false, width }).split('\n')) {
      if (line.length > width)
        expect(line).toMatch(/replay:|^(\s*\S+:?)?\s*\S+$|\(|no longer fail|conforms|falls short|protocol/);
    }
  });
});

/** junit-10.xsd of Jenkins' xunit plugin: attributes (with !: required) and children of each element. */
const JUNIT: Readonly<
  Record<string, { readonly attributes: readonly string[]; readonly children: readonly string[] }>
> = {
  testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'disabled', 'errors'], children: ['testsuite'] },
  testsuite: {
    attributes: [
      'name!',
      'tests!',
      'failures',
      'errors',
      'time',
      'disabled',
      'skipped',
      'timestamp',
      'hostname',
      'id',
      'package',
    ],
    children: ['properties', 'testcase', 'system-out', 'system-err'],
  },
  testcase: {
    attributes: ['name!', 'assertions', 'time', 'classname', 'status'],
    children: ['skipped', 'error', 'failure', 'system-out', 'system-err'],
  },
  skipped: { attributes: ['message', 'type'], children: [] },
  error: { attributes: ['message', 'type'], children: [] },
  failure: { attributes: ['message', 'type'], children: [] },
  'system-err': { attributes: [], children: [] },
};

/** The first element of that name; fails where there is none. */
function elementIn(xml: string, name: string): Element {
  const element: unknown = new DOMParser().parseFromString(xml, 'text/xml').querySelector(name);
  if (!isElement(element)) throw new Error(`expected an element ${name}, got none`);
  return element;
}

function isElement(value: unknown): value is Element {
  return typeof value === 'object' && value !== null;
}

describe('JUnit XML', () => {
  const xml = renderJunit(BROKEN);
  const root: Element = elementIn(xml, 'testsuites');

  it('has the elements and attributes of the published schema, and no others', () => {
    const visit = (element: Element): void => {
      const rule = JUNIT[element.localName];
      expect(rule, element.localName).toBeDefined();
      const names = rule.attributes.map((name) => name.replace('!', ''));
      for (const { name } of element.attributes) expect(names, `${element.localName} ${name}`).toContain(name);
      for (const name of rule.attributes.filter((each) => each.endsWith('!'))) {
        expect(element.getAttribute(name.slice(0, -1)), `${element.localName} ${name}`).not.toBeNull();
      }
      for (const child of element.children) {
        expect(rule.children, `${element.localName} > ${child.localName}`).toContain(child.localName);
        visit(child);
      }
    };
    visit(root);
  });

  it('counts in each suite what the suite holds', () => {
    const suites = [...root.querySelectorAll('testsuite')];
    expect(new Set(suites.map((suite) => suite.getAttribute('name')))).toEqual(
      new Set(BROKEN.checks.map(({ equation }) => equation)),
    );
    const sums = { testcase: 0, failure: 0, error: 0 };
    for (const suite of suites) {
      for (const [tag, attribute] of [
        ['testcase', 'tests'],
        ['failure', 'failures'],
        ['error', 'errors'],
        ['skipped', 'skipped'],
      ]) {
        expect(suite.getAttribute(attribute)).toBe(String(suite.querySelectorAll(tag).length));
      }
      sums.testcase += suite.querySelectorAll('testcase').length;
      sums.failure += suite.querySelectorAll('failure').length;
      sums.error += suite.querySelectorAll('error').length;
    }
    expect(sums.testcase).toBe(BROKEN.checks.length);
    expect([root.getAttribute('failures'), root.getAttribute('errors')]).toEqual([
      String(sums.failure),
      String(sums.error),
    ]);
    expect(root.querySelectorAll('testsuite testcase[classname="eq-7.paper"]').length).toBeGreaterThan(0);
  });

  it('holds no character that XML has no place for, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const escaped = escapeXml(text);
        expect(escaped).not.toMatch(/[<>"]|&(?!amp;|lt;|gt;|quot;|#\d+;)|[^\P{Cc}\u007f-\u009f]|[\ufffe\uffff]/u);
      }),
    );
  });

  const python = ['python3', '/usr/bin/python3'].find((name) => spawnSync(name, ['--version']).status === 0);
  it.skipIf(python === undefined)('is well-formed to a strict parser (needs python3)', () => {
    const file = join(folder, 'junit.xml');
    writeFileSync(file, xml);
    const read = 'import sys, xml.etree.ElementTree as e; print(len(e.parse(sys.argv[1]).getroot()))';
    const { status, stdout, stderr } = spawnSync(python ?? '', ['-c', read, file], { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(status).toBe(0);
    expect(Number(stdout)).toBe(new Set(BROKEN.checks.map(({ equation }) => equation)).size);
  });
});

describe('the HTML matrix', () => {
  const markup = renderHtml([CONFORMING, BROKEN]);
  const { document } = parseHTML(markup);

  it('has a row for each equation and a column for each implementation', () => {
    const rows = [...document.querySelectorAll('.matrix tbody tr')];
    expect(rows).toHaveLength(new Set(CONFORMING.checks.map(({ equation }) => equation)).size);
    for (const row of rows) expect(row.querySelectorAll('td')).toHaveLength(2);
    expect(document.querySelectorAll('.matrix thead th[scope=col]')).toHaveLength(3);
  });

  it('says each cell in a sign and in words, and leads to its checks', () => {
    for (const link of document.querySelectorAll('.matrix td a')) {
      expect(Object.values(SIGNS).some((sign) => link.textContent.includes(sign))).toBe(true);
      expect(link.querySelector('.sr')?.textContent).toMatch(/hold|skipped|not applicable/);
      const target = document.getElementById(link.getAttribute('href')?.slice(1) ?? '');
      expect(target, link.getAttribute('href') ?? '').not.toBeNull();
    }
  });

  it('shows every failure in full', () => {
    const short = BROKEN.checks.filter(({ state }) => fallsShort(state));
    expect(document.querySelectorAll('.failure')).toHaveLength(short.length);
    for (const { id } of short) expect(document.body.textContent).toContain(id);
  });

  it('fetches nothing, runs nothing, and takes no markup from a program', () => {
    expect(document.querySelectorAll('script, link, img, iframe, object, b')).toHaveLength(0);
    expect(markup).not.toMatch(/url\(|@import|\ssrc=|\son\w+=/);
    expect(document.querySelector('meta[http-equiv]')?.getAttribute('content')).toContain("default-src 'none'");
  });

  it('names each place once', () => {
    const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});

describe('the badge', () => {
  it('names the level that is reached, its counts and the version', () => {
    const badge = renderBadge(CONFORMING);
    const count = CONFORMING.checks.length;
    expect(badge).toMatchObject({ schemaVersion: 1, label: 'DST trajectory', message: `${count}/${count}, kit 0.1.0` });
    expect(renderBadge(BROKEN)).toMatchObject({ label: 'DST core', color: 'orange', isError: true });
  });

  it('goes no further than the first level that is not whole', () => {
    const missed = CONFORMING.checks.findIndex(({ level }) => level === 'bisection');
    const run = sampleRun((i) => (i === missed ? 'fail' : 'pass'), 'nearly');
    expect(levelReached(run)).toBe('thresholds');
  });
});

describe('the schemas that are shipped', () => {
  it.each([
    ['records', RECORD_SCHEMA],
    ['vectors', VECTOR_SCHEMA],
  ])('%s: are those that the code checks with', (name, schema) => {
    const file = new URL(`../../../docs/conformance/schemas/${name}.schema.json`, import.meta.url);
    expect(JSON.parse(readFileSync(fileURLToPath(file), 'utf8'))).toEqual(JSON.parse(JSON.stringify(schema)));
  });
});
