/**
 * Writes what a run of a peers' suite came to into its last-result.json, where all of its tests were run.
 *
 * @module
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Reporter, TestModule } from 'vitest/node';
import { packageRoot } from '../../cli/package.ts';
import { folderOf, packagesOf, pythonIn } from '../../scripts/peers/environments.ts';
import { tally } from '../run/reporter.ts';
import { figuresOf } from './figures.ts';
import { digestsOf, readSuite, resultPath, suiteNames, type Suite, type SuiteResult } from './suites.ts';

export default class ResultReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    for (const name of suiteNames()) {
      const own = modules.filter(({ moduleId }) => moduleId.replaceAll('\\', '/').includes(`/test/peers/${name}/`));
      if (own.length === 0) continue;
      const { passed, failed, skipped } = tally(own, 0);
      if (skipped > 0) {
        process.stdout.write(`${resultPath(name)}: left as it is, since ${skipped} tests were not run\n`);
        continue;
      }
      const figures = figuresOf(own);
      const result: SuiteResult = {
        date: new Date().toISOString().slice(0, 10),
        versions: versionsIn(readSuite(name)),
        passed,
        failed,
        ...(Object.keys(figures).length === 0 ? {} : { figures }),
        files: digestsOf(name),
      };
      writeFileSync(join(packageRoot(), resultPath(name)), `${JSON.stringify(result, null, 2)}\n`);
    }
  }
}

function versionsIn({ environments, programs = {} }: Suite): SuiteResult['versions'] {
  const own = Object.entries(programs).map(([name, [program, ...words]]) => {
    const { stdout } = spawnSync(program, words, { encoding: 'utf8' });
    return [name, stdout.split('\n')[0]] as const;
  });
  return {
    ...Object.fromEntries(environments.map((of) => [of, versionsOf(of)])),
    ...(own.length === 0 ? {} : { programs: Object.fromEntries(own) }),
  };
}

function versionsOf(environment: string): Record<string, string> {
  const python = spawnSync(pythonIn(folderOf(environment)), ['--version'], { encoding: 'utf8' }).stdout;
  return { python: python.replace('Python ', '').trim(), ...Object.fromEntries(packagesOf(environment)) };
}
