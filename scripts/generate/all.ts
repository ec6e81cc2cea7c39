/**
 * Every page of the repository that no hand writes, and what makes it.
 *
 * @module
 */
import { performancePages } from '../../bench/docs/generate.ts';
import { dialectPages } from '../dialects/table.ts';
import { trapPages } from '../guide/complaints.ts';
import { protocolPages } from '../guide/exchanges.ts';
import { guidePages } from '../guide/failure.ts';
import { inProcessPages } from '../guide/inProcess.ts';
import { foundPages } from '../found/page.ts';
import { memoryPages } from '../t5/page.ts';
import { mutantPages } from '../mutants/page.ts';
import { signaturePages } from '../mutants/signatures.ts';
import { adapterPages } from '../paper-map/javascript.ts';
import { fatePages } from '../paper-map/mutants.ts';
import { mapPages } from '../paper-map/page.ts';
import { rulingPages } from '../paper-map/rulingTable.ts';
import { readmePages } from '../readme/example.ts';
import { resultPages } from '../results/pages.ts';
import { schemaPages } from '../schemas/pages.ts';
import type { Generator } from './generator.ts';

export const GENERATORS: readonly Generator[] = [
  { name: 'paper-map', makes: 'docs/paper-map.md', from: 'repository', pages: mapPages },
  {
    name: 'rulings',
    makes: 'the table in docs/rulings.md, spec/diagnosis/rulings.json',
    from: 'repository',
    pages: rulingPages,
  },
  { name: 'adapter', makes: 'adapters/javascript/dst.mjs, from src/paper.ts', from: 'repository', pages: adapterPages },
  { name: 'fates', makes: 'docs/conformance/mutants-on-vectors.md', from: 'repository', pages: fatePages },
  { name: 'schemas', makes: 'docs/conformance/schemas', from: 'repository', pages: schemaPages },
  {
    name: 'dialects',
    makes: 'the tables in docs/adafactor-dialects.md and docs/guides/published-adafactors.md',
    from: 'repository',
    pages: dialectPages,
  },
  { name: 'readme', makes: 'the examples in README.md', from: 'repository', pages: readmePages },
  {
    name: 'in-process',
    makes: 'the program and its output in docs/guides/check-in-process.md',
    from: 'repository',
    pages: inProcessPages,
  },
  {
    name: 'protocol',
    makes: 'the answers to the examples in docs/conformance/protocol.md',
    from: 'repository',
    pages: protocolPages,
  },
  {
    name: 'traps',
    makes: 'what dst conform says of wrong programs in docs/guides/seven-traps.md',
    from: 'repository',
    pages: trapPages,
  },
  {
    name: 'performance',
    makes: 'the tables and charts on speed, from docs/performance/results.json and from runs of the benchmarks',
    from: 'repository',
    usage: '[runs/bench/DATE.json …]',
    pages: performancePages,
  },
  {
    name: 'guide',
    makes: 'the failures in docs/guides/validate-your-implementation.md; needs python3 and npm run build',
    from: 'machine',
    pages: guidePages,
  },
  {
    name: 'mutants',
    makes: 'docs/conformance/who-catches-whom.md, from N seeds (default: 20); takes minutes',
    from: 'machine',
    usage: '[N]',
    pages: mutantPages,
  },
  {
    name: 'signatures',
    makes: 'spec/diagnosis/signatures.json, for what is new since it was made; of all it takes half an hour',
    from: 'machine',
    usage: '[all]',
    pages: signaturePages,
  },
  {
    name: 'found',
    makes: 'docs/conformance/found-mutants.md, from N seeds (default: 20); takes an hour',
    from: 'machine',
    usage: '[N]',
    pages: foundPages,
  },
  {
    name: 'memory',
    makes: 'the peak of a T5 in docs/performance/memory.md; takes a minute and some gigabytes',
    from: 'machine',
    pages: memoryPages,
  },
  {
    name: 'results',
    makes:
      'the table, claims and charts of a run of dst demo in docs/main-job.md or docs/translation.md, and README’s sentence',
    from: 'machine',
    usage: 'runs/ID',
    pages: resultPages,
  },
];
