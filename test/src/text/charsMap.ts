/**
 * A precompiled normalisation, as SentencePiece would write it.
 *
 * @module
 */

interface Node {
  readonly children: Map<number, Node>;
  value?: number;
}

/** A charsmap of these replacements, laid out the slow way: each node takes the first place where its children fit. */
export function writeCharsMap(replacements: ReadonlyMap<string, string>): string {
  const encoder = new TextEncoder();
  const texts: number[] = [];
  const root: Node = { children: new Map() };
  for (const [key, replacement] of replacements) {
    let node = root;
    for (const byte of encoder.encode(key)) {
      const next = node.children.get(byte) ?? { children: new Map() };
      node.children.set(byte, next);
      node = next;
    }
    node.value = texts.length;
    texts.push(...encoder.encode(replacement), 0);
  }
  const units = new Map<number, number>([[0, 0]]);
  const lay = (node: Node, position: number, label: number): void => {
    const labels = [...node.children.keys(), ...(node.value === undefined ? [] : [0])];
    let offset = 1;
    while (labels.some((child) => units.has(position ^ offset ^ child))) offset += 1;
    units.set(position, ((offset << 10) | (node.value === undefined ? 0 : 0x100) | label) >>> 0);
    for (const child of labels) units.set(position ^ offset ^ child, 0);
    if (node.value !== undefined) units.set(position ^ offset, (0x80000000 | node.value) >>> 0);
    for (const [child, next] of node.children) lay(next, position ^ offset ^ child, child);
  };
  lay(root, 0, 0);
  const size = Math.max(...units.keys()) + 1;
  const bytes = new Uint8Array(4 + 4 * size + texts.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 4 * size, true);
  for (const [position, unit] of units) view.setUint32(4 + 4 * position, unit, true);
  bytes.set(texts, 4 + 4 * size);
  return Buffer.from(bytes).toString('base64');
}
