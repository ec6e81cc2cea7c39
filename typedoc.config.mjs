// The documentation of every export, with formulas set when the pages are built (docs/decisions/0006).
import katex from '@vscode/markdown-it-katex';
import { readFileSync } from 'node:fs';
import { OptionDefaults } from 'typedoc';
import { anchors } from './scripts/docs/anchors.mjs';

/** The one setting: `repository.url` of package.json. While there is none, links go to the copy of the source in the docs. */
const { repository, version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));
const address = repository?.url?.replace(/^git\+/, '').replace(/\.git$/, '');

/** @type {Partial<import('typedoc').TypeDocOptions>} */
export default {
  entryPoints: ['src/index.ts'],
  tsconfig: 'tsconfig.json',
  skipErrorChecking: true, // `npm run types` has checked them
  out: 'docs/api',
  name: 'dynamic-subset-tuning',
  readme: 'README.md',
  includeVersion: true,
  projectDocuments: [
    'docs/paper-map.md',
    'docs/rulings.md',
    'docs/glossary.md',
    'docs/performance/memory.md',
    'CONTRIBUTING.md',
    'CHANGELOG.md',
    'docs/decisions/*.md',
  ],
  // KaTeX's own style sheet, beside the fonts that it names; scripts/docs.mjs puts both there.
  customCss: 'docs/theme/katex.css',
  markdownItLoader(parser) {
    parser.use(katex.default ?? katex, { throwOnError: true });
  },
  blockTags: [...OptionDefaults.blockTags, '@equation', '@algorithm', '@table', '@appendix', '@ruling'],
  modifierTags: [...OptionDefaults.modifierTags, '@restored', '@decided'],
  excludeInternal: true,
  excludePrivate: true,
  excludeExternals: true, // what Error and typed arrays have is documented elsewhere
  sort: ['source-order'],
  validation: { notExported: true, invalidLink: true, invalidPath: true, rewrittenLink: true, notDocumented: false },
  // A return type spelled out, a callback, a constructor's argument, the list that a type of names is made from: none is a
  // thing of its own.
  intentionallyNotExported: [
    'src/autograd/tape.ts:Derivative',
    'src/nn/cache.ts:Slots',
    ...['FACTORING', 'REGULARISATION', 'STEP_SIZE', 'MOMENTUM', 'WEIGHT_DECAY'].map(
      (name) => `src/optim/dialects.ts:${name}_NAMES`,
    ),
  ],
  treatWarningsAsErrors: true,
  disableGit: true,
  sourceLinkTemplate:
    address === undefined ? '../source/{path}.html#L{line}' : `${address}/blob/v${version}/src/{path}#L{line}`,
  plugin: [anchors],
  hideGenerator: true,
};
