/**
 * The page of who catches whom, in Markdown.
 *
 * @module
 */
import type { Law } from '../../spec/laws/law.ts';
import type { Catch, Named } from './catches.ts';

function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)];
}

function describe({ law, caught, inputs }: Named, seeds: number): string {
  if (caught === 0) return `\`${law}\` **never**`;
  const often = caught === seeds ? '' : `, in ${caught} of ${seeds} runs`;
  return `\`${law}\` (${median(inputs)}, at most ${inputs[inputs.length - 1]}${often})`;
}

/** A bar would end a cell. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

export function renderMutants(all: readonly Catch[], laws: readonly Law[], seeds: number): string {
  const rows = all.map(({ name, named, others }) => {
    const also = others.length === 0 ? '' : others.map((law) => `\`${law}\``).join(', ');
    return `| ${cell(name)} | ${named.map((law) => describe(law, seeds)).join('<br>')} | ${also} |`;
  });
  const byLaw = laws.map(({ id, kind }) => {
    const names = all
      .filter(({ named, others }) => others.includes(id) || named.some(({ law, caught }) => law === id && caught > 0))
      .map(({ name }) => name);
    return `| \`${id}\` | ${kind} | ${names.length} |`;
  });
  return `# Who catches whom

Made by \`npm run generate -- mutants\`; do not edit. ${all.length} wrong programs (spec/mutants), each the literal implementation with one
symbol changed, and ${laws.length} laws. The laws that a program names (\`caughtBy\`) were put to it from ${seeds} seeds, 150 inputs each, as a
default run does; every other law once, with 15 inputs. In brackets: how many inputs it took, the median and the most.

| wrong program | caught by | also by |
|---|---|---|
${rows.join('\n')}

## Law by law

| law | kind | catches |
|---|---|---|
${byLaw.join('\n')}
`;
}
