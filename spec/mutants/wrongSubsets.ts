/**
 * Wrong overlaps and silos (Eq. 9, Section 3.2).
 *
 * @module
 */
import type { Mutant } from './mutant.ts';
import { LITERAL } from './pieces.ts';

export const WRONG_SUBSETS: readonly Mutant[] = [
  {
    name: 'Eq. 9: intersection over union',
    pieces: { overlap: (common, a, b) => (a + b === 0 ? 1 : common / (a + b - common)) },
    caughtBy: ['eq9/share-in-common', 'eq9/unequal-sizes'],
  },
  {
    name: 'Eq. 9: the share of the first subset alone',
    pieces: { overlap: (common, a) => (a === 0 ? 1 : common / a) },
    caughtBy: ['eq9/unequal-sizes', 'eq9/is-symmetric'],
  },
  {
    name: 'Eq. 9: the share of all that differs',
    pieces: { overlap: (common, a, b) => (a + b === 0 ? 1 : common / (a + b)) },
    caughtBy: ['eq9/share-in-common'],
  },
  {
    name: 'Eq. 9: differs in value, not in bits',
    pieces: { isChanged: (value, seed) => value !== seed },
    caughtBy: ['eq9/differs-means-other-bits'],
  },
  {
    name: 'silos: modules of all layers apart',
    pieces: { siloKey: (_strategy, { name }) => name },
    caughtBy: ['silos/none', 'silos/per-module'],
  },
  {
    name: 'silos: layers together',
    pieces: { siloKey: (strategy, { module }) => (strategy === 'none' ? 'all' : module) },
    caughtBy: ['silos/per-module-and-layer'],
  },
  {
    name: 'silos: what stands outside the layers is left out',
    pieces: { siloKey: (strategy, p) => (p.layer === null ? undefined : LITERAL.siloKey(strategy, p)) },
    caughtBy: ['silos/are-a-partition', 'silos/per-module'],
  },
];
