/**
 * Momentum in bfloat16: one bit of a float32 decides between two neighbours that lie 2¹⁶ units apart. So each number that is rounded to
 * bfloat16 is known with its bound before, and the answer may follow from any of those within it: mostly one, else two neighbours. What
 * may have come of it goes on to the next step.
 *
 * @module
 */
import type { Implementation } from '../../../spec/implementation.ts';
import { judgeUpdates } from '../../../spec/laws/optimized.ts';
import { createOptimizerOracle } from '../../../spec/oracle/adafactor.ts';
import { FORMATS } from '../../../spec/oracle/formats.ts';
import { MOMENTA, DIALECTS, type DialectName } from '../../../src/optim/dialects.ts';
import { ask, EPSILON, ROUNDING } from './agreement.ts';
import type { Problem } from './problems.ts';

const ARITHMETIC = { format: FORMATS.float32, flushes: false };

/** Whether the dialect keeps momentum in bfloat16. */
export function isInBfloat16(dialect: DialectName): boolean {
  return MOMENTA[DIALECTS[dialect].momentum]?.isBfloat16 ?? false;
}

/** The problems of which an answer lies outside of what the rounding before bfloat16 leaves open, each with what it is. */
export async function findOutside(program: Implementation, problems: readonly Problem[]): Promise<string[]> {
  const outside: string[] = [];
  for (const problem of problems) {
    const oracle = createOptimizerOracle(problem.optimizer, problem.shape, FORMATS.float32, ROUNDING * EPSILON);
    const violation = judgeUpdates(await ask(program, problem), problem, oracle, ARITHMETIC);
    if (violation === undefined) continue;
    const { at = '', got, wanted } = violation;
    outside.push(
      `${JSON.stringify(problem.optimizer)} ${problem.shape.join('×')}, ${at}: ${String(got)}, not ${String(wanted)}`,
    );
  }
  return outside;
}
