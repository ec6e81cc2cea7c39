/**
 * Which of a T5's four vocabulary tables are one: what the files hold decides, as in transformers 5, not the config.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { STACKS, type StackName } from '../nn/t5/config.ts';
import { toFloat32 } from './convert.ts';
import type { StoredTensor } from './safetensors.ts';

const SHARED = 'shared.weight';
const HEAD = 'lm_head.weight';
const tableOf = (stack: StackName): string => `${stack}.embed_tokens.weight`;

/** Left in the files of the first T5s, from before cross-attention had no positions; no T5 reads it. */
const UNUSED = 'decoder.block.0.layer.1.EncDecAttention.relative_attention_bias.weight';

/** A T5's tensors, each once. */
export interface Ties {
  /** Under the names that they would have if nothing stood in for anything. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** The name in the files, and the one in `tensors` whose values it has, if the two differ. */
  readonly copies: ReadonlyMap<string, string>;
  /** Names that no T5 reads. */
  readonly unused: readonly string[];
  readonly tiedEmbedding: boolean;
  readonly ownEmbeddings: readonly StackName[];
}

/**
 * Finds out which tables are there. The shared one is `shared`, or the first that stands in for it: the encoder's, the
 * decoder's, the head. Each other table that has its bits is the same parameter, and so is each that is absent; a
 * table with other bits is a parameter of its own.
 */
export function findTies(files: ReadonlyMap<string, StoredTensor>, where: string): Ties {
  const tensors = new Map(files);
  tensors.delete(UNUSED);
  const unused = files.has(UNUSED) ? [UNUSED] : [];
  const copies = new Map<string, string>();
  const source = [SHARED, ...STACKS.map(tableOf), HEAD].find((name) => files.has(name));
  const shared = source === undefined ? undefined : files.get(source);
  if (source === undefined || shared === undefined)
    return { tensors, copies, unused, tiedEmbedding: true, ownEmbeddings: [] };
  tensors.set(SHARED, { ...shared, name: SHARED });
  if (source !== SHARED) {
    tensors.delete(source);
    copies.set(source, SHARED);
  }
  const isShared = (name: string): boolean => {
    const table = tensors.get(name);
    if (table === undefined) return true;
    if (!sameBits(table, shared, where)) return false;
    tensors.delete(name);
    copies.set(name, SHARED);
    return true;
  };
  const ownEmbeddings = STACKS.filter((stack) => !isShared(tableOf(stack)));
  return { tensors, copies, unused, tiedEmbedding: isShared(HEAD), ownEmbeddings };
}

/**
 * Refuses tables that would be read back as one: parameters of their own whose numbers are those of the shared one.
 *
 * @param tensors - each parameter once, as it is to be written.
 * @throws InvalidInput naming the table.
 */
export function requireOwnTables(tensors: readonly StoredTensor[], where: string): void {
  const tables = tensors.filter(({ name }) => [SHARED, HEAD, ...STACKS.map(tableOf)].includes(name));
  const [copy] = findTies(new Map(tables.map((table) => [table.name, table])), where).copies.keys();
  if (copy !== undefined)
    throw wrong(
      `${where}: "${copy}"`,
      `other numbers than those of "${SHARED}", for which a reader would take it`,
      'the same',
    );
}

/** Whether two tables are the same numbers to the bit, once they are float32. */
function sameBits(a: StoredTensor, b: StoredTensor, where: string): boolean {
  if (a.shape.join() !== b.shape.join()) return false;
  const [left, right] = [a, b].map((tensor) => new Uint32Array(toFloat32(tensor, `${where}: "${tensor.name}"`).buffer));
  return left.every((bits, i) => bits === right[i]);
}
