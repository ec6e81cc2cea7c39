/**
 * `dst conform --list`: the checks by id, with what each claims.
 *
 * @module
 */
import { levelOf } from '../../spec/conform/levels.ts';
import type { Law } from '../../spec/laws/law.ts';
import { formatTable } from '../table.ts';

export function listAsText(laws: readonly Law[]): string {
  const table = formatTable(
    [{ heading: 'check' }, { heading: 'kind' }, { heading: 'level' }, { heading: 'claim' }],
    laws.map((law) => [law.id, law.kind, levelOf(law), law.claim]),
  );
  return `${table}\n${laws.length} checks, ${laws.filter(({ kind }) => kind === 'paper').length} of them the paper’s\n`;
}

export function listAsJson(laws: readonly Law[]): readonly object[] {
  return laws.map(({ id, equation, kind, claim, accepts, operation, needs, ...law }) => ({
    id,
    equation,
    kind,
    level: levelOf({ id, equation, kind, claim, accepts, operation, needs, ...law }),
    operation,
    needs,
    claim,
    accepts,
  }));
}
