import { describe, expect, it } from 'vitest';
import { isInstalled, missing } from '../../../scripts/peers/environments.ts';
import { measure, ROUNDING } from './agreement.ts';
import { LIBRARIES, open } from './libraries.ts';
import { problemsOf } from './problems.ts';

describe.each(LIBRARIES)('the AdaFactor of $name in $environment', (library) => {
  it('is its dialect, over shapes, options and steps', async ({ skip }) => {
    if (!isInstalled(library.environment)) skip(missing(library.environment));
    const { implementation, close } = await open(library);
    try {
      const problems = problemsOf(library.dialect).filter(
        ({ optimizer }) => !(library.lacks !== undefined && library.lacks in optimizer),
      );
      const agreement = await measure(implementation, problems);
      expect(agreement.cases).toBeGreaterThan(100);
      process.stderr.write(`${library.name} (${library.environment}): ${JSON.stringify(agreement)}\n`);
      expect(agreement.worst).toBeLessThan(ROUNDING);
    } finally {
      await close();
    }
  });
});
