/**
 * A tuned model as a small file beside its seed: for each tensor that changed, which elements and their values.
 *
 * @module
 */
import { withoutAliases } from '../dst/parameters.ts';
import { apply, checkSubset, extract, revert } from '../dst/subset.ts';
import type { Subset } from '../dst/subset.ts';
import { inspect, isDeepStrictEqual } from 'node:util';
import { Internal, wrong } from '../errors.ts';
import { checkOptions, having, optional, type Kinds } from '../kinds.ts';
import { elementCount } from '../tensor/shape.ts';
import { ofFloat32, toFloat32 } from './convert.ts';
import { fingerprint } from './fingerprint.ts';
import { decodeIndices, encodeIndices } from './gapCode.ts';
import type { IndexEncoding } from './gapCode.ts';
import { readSafetensors, writeSafetensors } from './safetensors.ts';
import type { StoredTensor } from './safetensors.ts';
import { CHOSEN, DESCRIPTION, readMetadata, writeMetadata } from './subsetMetadata.ts';
import type { SubsetDescription } from './subsetMetadata.ts';
import type { Parameter } from '../tensor/parameter.ts';

/** A subset and all that its file says. */
export interface SubsetArtifact extends SubsetDescription {
  readonly subset: Subset;
}

/** What the one who tuned knows. */
export type AboutSubset = Pick<SubsetDescription, 'epsilon' | 'silos' | 'distance' | 'method'> &
  Partial<Pick<SubsetDescription, 'extra'>>;

const ABOUT: Kinds<AboutSubset> = { ...CHOSEN, extra: optional(DESCRIPTION.extra) };
const ARTIFACT: Kinds<SubsetArtifact> = { ...DESCRIPTION, subset: having('a subset', {}) };

/**
 * The artifact of tuned parameters θ over a seed θ⁰.
 *
 * @param parameters - the tensors, which have to be all of θ, one after the other.
 * @throws {@link InvalidInput} if they are not, a changed value is not finite, or something said of the subset is of another kind.
 */
export function createArtifact(
  seed: Float32Array,
  theta: Float32Array,
  parameters: readonly Parameter[],
  about: AboutSubset,
): SubsetArtifact {
  checkOptions(ABOUT, about, 'createArtifact');
  const tensors = contiguous(parameters, seed.length);
  const seedFingerprint = fingerprint(seed, tensors);
  const subset = extract(seed, theta, () => seedFingerprint.total);
  return {
    subset,
    parameters: tensors,
    epsilon: about.epsilon,
    silos: about.silos,
    distance: about.distance,
    method: about.method,
    seedFingerprint,
    resultFingerprint: fingerprint(theta, tensors).total,
    n: seed.length,
    changed: subset.indices.length,
    extra: about.extra ?? {},
  };
}

/**
 * The file's bytes: 6 for each entry (`gap`: 2 for the place, 4 for the value) or 8 (`flat`), and a header of some
 * hundred bytes a tensor. Whatever {@link readSubset} would not give back as it is here is refused.
 *
 * @throws {@link InvalidInput} naming what is of another kind, does not agree with the rest, or has no place in the file.
 */
export function writeSubset(artifact: SubsetArtifact, encoding: IndexEncoding = 'gap'): Uint8Array {
  checkOptions(ARTIFACT, artifact, 'writeSubset');
  checkSubset(artifact.subset, artifact.n);
  const { indices, values } = artifact.subset;
  const tensors: StoredTensor[] = [];
  let from = 0;
  for (const { name, shape, offset } of artifact.parameters) {
    const end = offset + elementCount(shape);
    let to = from;
    while (to < indices.length && indices[to] < end) to++;
    if (to > from) {
      const local = indices.subarray(from, to).map((index) => index - offset);
      tensors.push(encodeIndices(`${name}.idx`, local, encoding));
      tensors.push(ofFloat32(`${name}.val`, [to - from], values.subarray(from, to)));
    }
    from = to;
  }
  const file = writeSafetensors(tensors, writeMetadata(artifact, encoding));
  requireReadBack(artifact, readSubset(file, 'writeSubset'));
  return file;
}

/** What was read has to be what was written: an offset or a fingerprint that does not follow from the rest is not. */
function requireReadBack(written: SubsetArtifact, read: SubsetArtifact): void {
  for (const name of Object.keys(ARTIFACT) as (keyof SubsetArtifact)[]) {
    if (!isDeepStrictEqual(written[name], read[name])) {
      const show = (value: unknown): string => inspect(value, { breakLength: Infinity }).slice(0, 80);
      throw wrong(`writeSubset: ${name}`, `what is read back, ${show(read[name])}`, show(written[name]));
    }
  }
}

/**
 * Reads a subset's file.
 *
 * @param where - the file's name, for errors.
 * @throws {@link InvalidInput} for whatever is damaged, before anything can be applied.
 */
export function readSubset(bytes: Uint8Array, where: string): SubsetArtifact {
  const { metadata, tensors } = readSafetensors(bytes, where);
  const { encoding, ...about } = readMetadata(metadata, where);
  const indices: Uint32Array[] = [];
  const values: Float32Array[] = [];
  const unread = new Map(tensors);
  const take = (name: string, length?: number): StoredTensor => {
    const tensor = unread.get(name);
    if (tensor === undefined) throw wrong(where, `a tensor "${name}"`, 'none');
    if (tensor.shape.length !== 1 || tensor.shape[0] !== (length ?? tensor.shape[0])) {
      throw wrong(`${where}: "${name}"`, `the shape [${length ?? 'n'}]`, `[${tensor.shape.join(', ')}]`);
    }
    unread.delete(name);
    return tensor;
  };
  for (const { name, shape, offset } of about.parameters) {
    if (!unread.has(`${name}.idx`) && !unread.has(`${name}.val`)) continue;
    const places = decodeIndices(take(`${name}.idx`), encoding, elementCount(shape), `${where}: "${name}.idx"`);
    indices.push(places.map((place) => offset + place));
    values.push(toFloat32(take(`${name}.val`, places.length), `${where}: "${name}.val"`));
  }
  const [unknown] = unread.keys();
  if (unknown !== undefined) throw wrong(where, 'tensors of the layout only', unknown);
  const changed = indices.reduce((sum, { length }) => sum + length, 0);
  if (changed !== about.changed) throw wrong(`${where}: changed`, `${changed}, as many as are listed`, about.changed);
  const subset: Subset = {
    size: about.n,
    indices: joinInto(new Uint32Array(changed), indices),
    values: joinInto(new Float32Array(changed), values),
    seedFingerprint: about.seedFingerprint.total,
  };
  checkSubset(subset, about.n);
  return { ...about, subset };
}

/** Writes the parts one after the other. */
function joinInto<T extends Uint32Array | Float32Array>(whole: T, parts: readonly T[]): T {
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * The tuned parameters from the seed: a copy. The seed's fingerprint is checked before, the result's after.
 *
 * @param where - the subset's file, for errors.
 * @throws {@link InvalidInput} if the seed is another one (it names the first tensor that differs), or what came out is
 * not what the file promises.
 */
export function applyArtifact(
  seed: Float32Array,
  parameters: readonly Parameter[],
  artifact: SubsetArtifact,
  where: string,
): Float32Array {
  requireSeed(seed, parameters, artifact, where);
  const theta = apply(seed, artifact.subset);
  requireResult(theta, artifact, `${where}: the result's fingerprint`);
  return theta;
}

/**
 * The seed from the tuned parameters: a copy, equal to the seed bit for bit.
 *
 * @throws {@link InvalidInput} if the seed is another one, or the parameters are not those that the subset makes of it.
 */
export function revertArtifact(
  theta: Float32Array,
  seed: Float32Array,
  parameters: readonly Parameter[],
  artifact: SubsetArtifact,
  where: string,
): Float32Array {
  requireSeed(seed, parameters, artifact, where);
  if (theta.length !== artifact.n) throw wrong(`${where}: theta`, String(artifact.n), theta.length);
  requireResult(theta, artifact, `${where}: the tuned model's fingerprint`);
  const reverted = revert(theta, artifact.subset, seed);
  const got = fingerprint(reverted, artifact.parameters).total;
  if (got !== artifact.seedFingerprint.total) throw new Internal(`revert: expected the seed, got ${got}`);
  return reverted;
}

function requireSeed(
  seed: Float32Array,
  given: readonly Parameter[],
  { parameters, seedFingerprint, n }: SubsetArtifact,
  where: string,
): void {
  if (seed.length !== n) throw wrong(`${where}: seed`, `a seed of ${n} parameters`, seed.length);
  const tensors = contiguous(given, n);
  for (const [i, { name, shape }] of parameters.entries()) {
    const other = tensors.at(i);
    if (other?.name !== name || other.shape.join() !== shape.join()) {
      const got = other === undefined ? 'none' : `"${other.name}" [${other.shape.join(', ')}]`;
      throw wrong(`${where}: seed`, `a tensor "${name}" [${shape.join(', ')}]`, got);
    }
  }
  const got = fingerprint(seed, parameters);
  if (got.total === seedFingerprint.total) return;
  const different = parameters.filter(({ name }) => got.tensors.get(name) !== seedFingerprint.tensors.get(name));
  const tensor = different.length === 0 ? '' : `; "${different[0].name}" differs, as do ${different.length - 1} others`;
  throw wrong(
    `${where}: seed`,
    `the one that the subset was made for (${seedFingerprint.total.slice(0, SHOWN)})`,
    `${got.total.slice(0, SHOWN)}${tensor}`,
  );
}

function requireResult(theta: Float32Array, artifact: SubsetArtifact, where: string): void {
  const got = fingerprint(theta, artifact.parameters).total;
  if (got !== artifact.resultFingerprint)
    throw wrong(where, artifact.resultFingerprint.slice(0, SHOWN), got.slice(0, SHOWN));
}

/** Digits of a fingerprint that a message shows. */
const SHOWN = 12;

/** The tensors, each range of θ once, in the order of θ and all of it. */
function contiguous(parameters: readonly Parameter[], size: number): Parameter[] {
  const tensors = withoutAliases(parameters)
    .sort((a, b) => a.offset - b.offset)
    .map(({ name, module, layer, shape, offset, stackedAxis }): Parameter => {
      const tensor = { name, module, layer, shape, offset };
      return stackedAxis === undefined ? tensor : { ...tensor, stackedAxis };
    });
  let end = 0;
  for (const { name, shape, offset } of tensors) {
    if (offset !== end) throw wrong(`parameters: "${name}"`, `an offset of ${end}: no hole`, offset);
    end += elementCount(shape);
  }
  if (end !== size) throw wrong('parameters', `tensors of ${size} elements together`, end);
  return tensors;
}
