/**
 * The page of the found mutants, in Markdown.
 *
 * @module
 */
import { EXPLANATIONS, KINDS, explanationOf } from './explained.ts';
import type { Fate } from './fates.ts';
import { RUNS } from './fates.ts';
import { placeOf } from './places.ts';
import { RULES } from './rules.ts';

export function renderFound(fates: readonly Fate[], seeds: number): string {
  const unexplained = fates.filter(({ mutant, falls }) => explanationOf(mutant) === undefined && !falls.every(isId));
  const fallen = fates.filter(({ mutant }) => explanationOf(mutant) === undefined).length - unexplained.length;
  return `# Found mutants

Made by \`npm run generate -- found\`; do not edit. The mutants of [who catches whom](who-catches-whom.md) are mistakes that somebody
thought of. These are found: in [the paper on one page](../../src/paper.ts) and in the literal AdaFactor with its dialects
([optimizers.ts](../../spec/mutants/optimizers.ts), [programs.ts](../../spec/mutants/programs.ts)) every operator, number, condition, call and
statement is changed, one at a time, in each of the ways below. Each mutant is asked all that the kit asks, in float32 and in float64,
${RUNS} inputs a law, and what of the page no operation reaches (Eq. 1, 2, 4 and 5) by itself.

${fates.length} mutants: ${fallen} fall ${seeds === 1 ? 'at the seed of a default run' : `at each of ${seeds} seeds`}, ${fates.length - fallen - unexplained.length} survive and are explained below${
    unexplained.length === 0 ? '' : `, **${unexplained.length} survive without an explanation**`
  }. \`test/spec/found.spec.ts\` asks them again.

## By equation

| place | mutants | fall | explained |
|---|--:|--:|--:|
${table(fates, ({ mutant }) => placeOf(mutant))}

## By kind of change

| what is changed | what stands there instead |
|---|---|
${RULES.map(({ name, says }) => `| ${name} | ${says} |`).join('\n')}

| what is changed | mutants | fall | explained |
|---|--:|--:|--:|
${table(fates, ({ mutant }) => mutant.rule)}
${unexplained.length === 0 ? '' : `\n## Not explained\n\n${list(unexplained.map(({ mutant }) => `${mutant.file}: ${mutant.id}`))}\n`}
## Survivors

${KINDS.map(({ kind, means }) => `- **${kind}**: ${means}`).join('\n')}

${EXPLANATIONS.map(({ file, kind, why, mutants }) => `**${kind}**, ${file}: ${why}\n\n${list(mutants)}`).join('\n\n')}
`;
}

function list(ids: readonly string[]): string {
  return ids.map((id) => `- \`${id}\``).join('\n');
}

function isId(fall: string | undefined): boolean {
  return fall !== undefined;
}

function table(fates: readonly Fate[], groupOf: (fate: Fate) => string): string {
  const groups = new Map<string, Fate[]>();
  for (const fate of fates) groups.set(groupOf(fate), [...(groups.get(groupOf(fate)) ?? []), fate]);
  return [...groups]
    .map(([name, group]) => {
      const explained = group.filter(({ mutant }) => explanationOf(mutant) !== undefined).length;
      const fall = group.filter(({ mutant, falls }) => explanationOf(mutant) === undefined && falls.every(isId)).length;
      return `| ${name} | ${group.length} | ${fall} | ${explained} |`;
    })
    .join('\n');
}
