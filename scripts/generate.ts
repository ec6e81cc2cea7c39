/**
 * Makes the pages that no hand writes: `npm run generate` those that follow from what is committed, with `-- NAME` one.
 * `--check` writes nothing and ends with 1 if a page is not what its generator gives; `--list` names them all. Exit codes: 0 done,
 * 1 a page is old or has a hole, 2 a wrong call.
 *
 * @module
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { InvalidInput, unknownName, wrong } from '../src/errors.ts';
import { writeAtomically } from '../src/files/atomic.ts';
import { GENERATORS } from './generate/all.ts';
import { findOld, type Generator } from './generate/generator.ts';

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: 'boolean', default: false }, list: { type: 'boolean', default: false } },
  });
  const [name, ...args] = positionals;
  if (values.list) console.log(GENERATORS.map(describe).join('\n'));
  else for (const generator of chosen(name, args)) await generate(generator, args, values.check);
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof InvalidInput || isOfParseArgs(error) ? 2 : 1;
}

/** Whether an error is `parseArgs`’ own: another TypeError is a defect. */
function isOfParseArgs(error: unknown): boolean {
  return error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');
}

function describe({ name, makes, usage, from }: Generator): string {
  return `${[name, usage].join(' ').padEnd(36)} ${makes}${from === 'machine' ? ' (by name alone)' : ''}`;
}

/** The generator of that name, or all that need nothing but the repository. */
function chosen(name: string | undefined, args: readonly string[]): readonly Generator[] {
  if (name === undefined) return GENERATORS.filter(({ from }) => from === 'repository');
  const found = GENERATORS.find((known) => known.name === name);
  if (found === undefined) {
    throw unknownName(
      'generate',
      GENERATORS.map((known) => known.name),
      name,
    );
  }
  if (found.usage === undefined && args.length > 0) throw wrong(`generate ${name}`, 'no argument', args[0]);
  return [found];
}

async function generate(generator: Generator, args: readonly string[], check: boolean): Promise<void> {
  process.stderr.write(`${generator.name}\n`);
  const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  for (const [path, text] of findOld(await generator.pages(args), read)) {
    if (!check) writeAtomically(path, text);
    else {
      console.error(`${path}: expected what npm run generate -- ${generator.name} gives, got an old page`);
      process.exitCode = 1;
    }
  }
}
