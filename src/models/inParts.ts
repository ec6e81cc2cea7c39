/**
 * A list, part by part.
 *
 * @module
 */

/** `list` in runs of `size`, the last perhaps shorter. */
export function inParts<T>(list: readonly T[], size: number): (readonly T[])[] {
  const parts: (readonly T[])[] = [];
  for (let start = 0; start < list.length; start += size) parts.push(list.slice(start, start + size));
  return parts;
}
