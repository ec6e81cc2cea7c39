/**
 * The order statistic digit by digit of the bit pattern (11, 10 and 10 bits), as in src/kernel/scalar/select.ts. After
 * the first digit the values that share it are copied together where they fit, so that two of the three passes are short.
 */
import { room } from './band';
import { CANDIDATES, HISTOGRAMS } from './layout';

const MAGNITUDE: u32 = 0x7fffffff;
/** Bytes of one table of 2,048 counts. */
const TABLE: usize = 1 << 13;

let remaining: u32 = 0;

/** How many of the values exceed the one that {@link selectByDigits} found last. */
let above: i32 = 0;
export function aboveDigits(): i32 {
  return above;
}

/** The value of rank `rank` (0 = smallest), its sign cleared; CANDIDATES is written only with leave to copy. */
export function selectByDigits(x: usize, n: i32, rank: i32, copy: bool): f32 {
  remaining = rank;
  above = n - rank;
  countDigit(x, n, 31, 0, 20, 2047);
  const first = findDigit();
  const inside = <i32>load<u32>(HISTOGRAMS + (<usize>first << 2));
  if (copy && inside <= room) {
    collect(x, n, first);
    x = CANDIDATES;
    n = inside;
  }
  countDigit(x, n, 20, first, 10, 1023);
  const second = (first << 10) | findDigit();
  countDigit(x, n, 10, second, 0, 1023);
  const third = findDigit();
  // Of n values, rank − remaining are smaller and as many as the last digit counts are equal.
  above += <i32>remaining - <i32>load<u32>(HISTOGRAMS + (<usize>third << 2));
  return reinterpret<f32>((second << 10) | third);
}

/** Copies the values whose upper bits are `first` together, without a branch. */
function collect(x: usize, n: i32, first: u32): void {
  let to: usize = CANDIDATES;
  for (const end = x + (<usize>n << 2); x < end; x += 4) {
    const bits = load<u32>(x) & MAGNITUDE;
    store<u32>(to, bits);
    to += <usize>(bits >> 20 == first) << 2;
  }
}

/**
 * Counts the digit at `shift` of the values whose bits from `fixed` up are `prefix`, in four tables that take turns:
 * of equal neighbours each would wait for the one before.
 */
function countDigit(x: usize, n: i32, fixed: u32, prefix: u32, shift: u32, mask: u32): void {
  memory.fill(HISTOGRAMS, 0, 4 * TABLE);
  for (const end = x + (<usize>(n & ~3) << 2); x < end; x += 16) {
    countOne(HISTOGRAMS, load<u32>(x), fixed, prefix, shift, mask);
    countOne(HISTOGRAMS + TABLE, load<u32>(x, 4), fixed, prefix, shift, mask);
    countOne(HISTOGRAMS + 2 * TABLE, load<u32>(x, 8), fixed, prefix, shift, mask);
    countOne(HISTOGRAMS + 3 * TABLE, load<u32>(x, 12), fixed, prefix, shift, mask);
  }
  for (const end = x + (<usize>(n & 3) << 2); x < end; x += 4) {
    countOne(HISTOGRAMS, load<u32>(x), fixed, prefix, shift, mask);
  }
  for (let at: usize = HISTOGRAMS; at < HISTOGRAMS + TABLE; at += 16) {
    const ab = i32x4.add(v128.load(at), v128.load(at + TABLE));
    v128.store(at, i32x4.add(ab, i32x4.add(v128.load(at + 2 * TABLE), v128.load(at + 3 * TABLE))));
  }
}

// @ts-ignore: decorator
@inline
function countOne(table: usize, bits: u32, fixed: u32, prefix: u32, shift: u32, mask: u32): void {
  bits &= MAGNITUDE;
  if (bits >> fixed != prefix) return;
  const at = table + <usize>((bits >> shift & mask) << 2);
  store<u32>(at, load<u32>(at) + 1);
}

/** The digit whose count reaches beyond the remaining rank, which it lowers by the counts before. */
function findDigit(): u32 {
  let at: usize = HISTOGRAMS;
  while (remaining >= load<u32>(at)) {
    remaining -= load<u32>(at);
    at += 4;
  }
  return <u32>((at - HISTOGRAMS) >> 2);
}
