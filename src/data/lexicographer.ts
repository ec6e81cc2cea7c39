/**
 * WordNet's lexicographer files, by number: every synset's coarse class ("supersense").
 * The package does not hold the list; it is printed in the manual page lexnames(5WN) of WordNet 3.
 *
 * @module
 */
export const LEXICOGRAPHER_CLASSES = [
  'adj.all',
  'adj.pert',
  'adv.all',
  'noun.Tops',
  'noun.act',
  'noun.animal',
  'noun.artifact',
  'noun.attribute',
  'noun.body',
  'noun.cognition',
  'noun.communication',
  'noun.event',
  'noun.feeling',
  'noun.food',
  'noun.group',
  'noun.location',
  'noun.motive',
  'noun.object',
  'noun.person',
  'noun.phenomenon',
  'noun.plant',
  'noun.possession',
  'noun.process',
  'noun.quantity',
  'noun.relation',
  'noun.shape',
  'noun.state',
  'noun.substance',
  'noun.time',
  'verb.body',
  'verb.change',
  'verb.cognition',
  'verb.communication',
  'verb.competition',
  'verb.consumption',
  'verb.contact',
  'verb.creation',
  'verb.emotion',
  'verb.motion',
  'verb.perception',
  'verb.possession',
  'verb.social',
  'verb.stative',
  'verb.weather',
  'adj.ppl',
] as const;

/** A lexicographer file's name, e.g. `noun.animal`. */
export type LexicographerClass = (typeof LEXICOGRAPHER_CLASSES)[number];

/** The classes of nouns: the answers of the `supersense` task. */
export const NOUN_CLASSES: readonly LexicographerClass[] = LEXICOGRAPHER_CLASSES.filter((name) =>
  name.startsWith('noun.'),
);

/**
 * The word that a model answers for a class: what follows the dot. `noun.Tops`, which holds the roots of the other
 * classes (entity, thing, object …), is answered by "entity", a word that a reader of definitions knows (decision 0040).
 */
export function wordOfClass(name: LexicographerClass): string {
  return name === 'noun.Tops' ? 'entity' : name.slice(name.indexOf('.') + 1);
}
