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
  {
    name: 'Eq. 9: the share of the smaller subset',
    pieces: { overlap: (common, a, b) => (a + b === 0 ? 1 : common / Math.max(1, Math.min(a, b))) },
    caughtBy: ['eq9/unequal-sizes'],
  },
  {
    name: 'Eq. 9: the share of the larger subset',
    pieces: { overlap: (common, a, b) => (a + b === 0 ? 1 : common / Math.max(a, b)) },
    caughtBy: ['eq9/unequal-sizes'],
  },
  {
    name: 'Eq. 9: two empty subsets have nothing in common',
    pieces: { overlap: (common, a, b) => (a + b === 0 ? 0 : (2 * common) / (a + b)) },
    caughtBy: ['eq9/unequal-sizes'],
  },
  {
    name: 'Eq. 9: two empty subsets make NaN',
    pieces: { overlap: (common, a, b) => (2 * common) / (a + b) },
    caughtBy: ['eq9/unequal-sizes'],
  },
  {
    name: 'Eq. 9: differs by more than 1e-6',
    pieces: { isChanged: (value, seed) => Math.abs(value - seed) > 1e-6 },
    caughtBy: ['eq9/differs-means-other-bits'],
  },
  {
    name: 'silos: one for each layer',
    pieces: { siloKey: (strategy, p) => (strategy === 'none' ? 'all' : `layer ${p.layer}`) },
    caughtBy: ['silos/per-module', 'silos/per-module-and-layer'],
  },
  {
    name: 'silos: one for all that stands outside the layers',
    pieces: { siloKey: (strategy, p) => (p.layer === null ? 'outside' : LITERAL.siloKey(strategy, p)) },
    caughtBy: ['silos/per-module', 'silos/per-module-and-layer'],
  },
  {
    name: 'silos: one for each shape',
    pieces: { siloKey: (strategy, p) => (strategy === 'none' ? 'all' : `${p.module} ${p.shape.join()} ${p.layer}`) },
    caughtBy: ['silos/per-module'],
  },
];
