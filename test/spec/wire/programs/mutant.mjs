// Serves one of the spec's wrong implementations. Arguments: the folder of a build, and the mutant's name.
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const [, , folder, wanted] = process.argv;
const load = (path) => import(pathToFileURL(join(folder, 'spec', path)).href);
const [{ MUTANTS }, { RIGHT_VARIANTS }, { createLiteral }, { serve }] = await Promise.all(
  ['mutants/all.js', 'mutants/variants.js', 'mutants/literal.js', 'wire/serve.js'].map(load),
);
const variant = [...MUTANTS, ...RIGHT_VARIANTS].find(({ name }) => name === wanted);
await serve(createLiteral(variant), process.stdin, process.stdout);
process.exit(0);
