/**
 * The text of pre-training, as it is read.
 *
 * @module
 */
import { describePretraining, pretrainingDocuments } from '../data/pretraining.ts';
import { readSupersense } from '../data/supersense.ts';

/** Held-out definitions that the perplexity is measured on. */
const HELD_OUT = 512;

/** The text as it was read. */
export interface CorpusText {
  /** Each document is a list of parts. */
  readonly documents: readonly (readonly string[])[];
  /** Texts that no document holds. */
  readonly heldOut: readonly string[];
  /** Of text that comes with packages: their names, versions and the rule of what is held out. */
  readonly source?: string;
}

/** The text that seeds are trained on, and definitions of the task's development split. */
export function readCorpusText(): CorpusText {
  const documents = [...pretrainingDocuments()].map(({ parts }) => parts);
  const heldOut = readSupersense().development.slice(0, HELD_OUT);
  return { documents, heldOut: heldOut.map(({ text }) => text), source: describePretraining() };
}
