/**
 * Every shipped adapter under `dst conform`, on the compilers and libraries that it is for.
 */
import { describe, expect, it } from 'vitest';
import { folderOf, isInstalled, missing, pythonIn } from '../../../scripts/peers/environments.ts';
import { LANGUAGES } from '../../../cli/conform/languages.ts';
import { LAWS } from '../../../spec/laws/all.ts';
import { isClaimed } from '../../adapters/claims.ts';
import { inFolder, prepare } from '../../adapters/start.ts';
import { call, objectsIn } from '../../cli/call.ts';

/** By adapter, the Python environment that has its library. */
const ENVIRONMENTS: Readonly<Record<string, string>> = { numpy: 'torch', pytorch: 'torch', jax: 'adafactor-jax' };

/** In seconds; operations of JAX that are not compiled take most of it. */
const LIMIT = 150;

describe('an adapter conforms', () => {
  it.for(LANGUAGES)('$name', (language, { skip }) =>
    inFolder(async (folder) => {
      const environment = ENVIRONMENTS[language.name];
      if (environment !== undefined && !isInstalled(environment)) return skip(missing(environment));
      const python = environment === undefined ? undefined : pythonIn(folderOf(environment));
      const prepared = prepare(language, folder, python);
      if ('missing' in prepared) return skip(prepared.missing);
      const words = ['conform', '--json', '--quiet', '--time-limit', String(LIMIT), '--', ...prepared.command];
      const { code, stdout, stderr } = await call(words);
      expect(stderr).toBe('');
      expect(code, stdout).toBe(0);
      const checks = objectsIn(stdout).filter(({ type }) => type === 'check');
      const passed = checks.filter(({ state }) => state === 'pass').map(({ id }) => id);
      expect(passed.sort()).toEqual(
        LAWS.filter(isClaimed)
          .map(({ id }) => id)
          .sort(),
      );
    }),
  );
});
