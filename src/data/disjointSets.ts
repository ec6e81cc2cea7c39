/**
 * Sets that only ever join, as a forest in one array (Galler and Fischer 1964): `parent[i] = i` is the root of its set.
 *
 * @module
 */

/** Every number a set of its own. */
export function createSets(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, i) => i);
}

/** The root of i's set: its lowest number. Shortens the way on the way. */
export function rootOf(parent: Int32Array, i: number): number {
  let root = i;
  while (parent[root] !== root) root = parent[root] = parent[parent[root]];
  return root;
}

/** Makes one set of those of i and j; the lower root becomes the root. */
export function join(parent: Int32Array, i: number, j: number): void {
  const [a, b] = [rootOf(parent, i), rootOf(parent, j)];
  parent[Math.max(a, b)] = Math.min(a, b);
}

/** The root of every number. */
export function rootsOf(parent: Int32Array): Int32Array {
  return parent.map((_, i) => rootOf(parent, i));
}
