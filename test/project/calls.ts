/**
 * A right call of every function and class that the package exports, from which the spec beside makes wrong ones.
 *
 * @module
 */
import { conformance } from './calls/conformance.ts';
import { engine } from './calls/engine.ts';
import { files } from './calls/files.ts';
import { models } from './calls/models.ts';
import { paper } from './calls/paper.ts';
import { runs } from './calls/runs.ts';
import { scores } from './calls/scores.ts';
import { texts } from './calls/texts.ts';
import type { Calls } from './wrongKinds.ts';

export const CALLS: Calls = { ...paper, ...engine, ...models, ...texts, ...scores, ...files, ...runs, ...conformance };
