/** Rows of a table by index: src/kernel/scalar/gather.ts. */
import { loadPart, storePart } from './lanes';

export function gather(out: usize, table: usize, indices: usize, rows: i32, columns: i32): void {
  for (let row = 0; row < rows; row++) {
    let from = table + ((<usize>load<i32>(indices + (<usize>row << 2)) * columns) << 2);
    let n = columns;
    for (; n >= 4; n -= 4) {
      v128.store(out, v128.load(from));
      out += 16, from += 16;
    }
    if (n) {
      storePart(out, loadPart(from, n), n);
      out += n << 2;
    }
  }
}

/** The first `width` of the columns: a part of them is a call of its own. */
export function gatherBackwardPart(
  dTable: usize, dOut: usize, indices: usize, rows: i32, columns: i32, width: i32,
): void {
  for (let row = 0; row < rows; row++) {
    let to = dTable + ((<usize>load<i32>(indices + (<usize>row << 2)) * columns) << 2);
    let from = dOut + ((<usize>row * columns) << 2);
    let n = width;
    for (; n >= 4; n -= 4) {
      v128.store(to, f32x4.add(v128.load(to), v128.load(from)));
      to += 16, from += 16;
    }
    if (n) storePart(to, f32x4.add(loadPart(to, n), loadPart(from, n)), n);
  }
}
