/**
 * The order statistic: src/kernel/scalar/select.ts, digit by digit of the bit pattern (11, 10 and 10 bits). After the
 * first digit the values that share it are copied together where they fit, so that two of the three passes are short.
 */
import { CANDIDATES, HISTOGRAMS } from './layout';

/** Room for candidates, in values; the last place takes what is written in passing. */
const CAPACITY: i32 = 1 << 17;
const MAGNITUDE: u32 = 0x7fffffff;
/** Bytes of one table of 2,048 counts. */
const TABLE: usize = 1 << 13;

let remaining: u32 = 0;

export function orderStatistic(delta: usize, n: i32, rank: i32): f32 {
  remaining = rank;
  countFirst(delta, n);
  const first = findDigit();
  const inside = <i32>load<u32>(HISTOGRAMS + (<usize>first << 2));
  if (inside < CAPACITY) {
    collect(delta, n, first);
    delta = CANDIDATES;
    n = inside;
  }
  countDigit(delta, n, 20, first, 10);
  const second = (first << 10) | findDigit();
  countDigit(delta, n, 10, second, 0);
  return reinterpret<f32>((second << 10) | findDigit());
}

/** Counts the upper 11 bits, in two tables that take turns, since equal neighbours would wait for one another. */
function countFirst(x: usize, n: i32): void {
  memory.fill(HISTOGRAMS, 0, 2 * TABLE);
  const end = x + (<usize>n << 2);
  for (; x + 8 <= end; x += 8) {
    const two = load<u64>(x);
    const a = HISTOGRAMS + <usize>((<u32>two & MAGNITUDE) >> 20 << 2);
    const b = HISTOGRAMS + TABLE + <usize>((<u32>(two >> 32) & MAGNITUDE) >> 20 << 2);
    store<u32>(a, load<u32>(a) + 1);
    store<u32>(b, load<u32>(b) + 1);
  }
  if (x < end) {
    const a = HISTOGRAMS + <usize>((load<u32>(x) & MAGNITUDE) >> 20 << 2);
    store<u32>(a, load<u32>(a) + 1);
  }
  for (let at: usize = HISTOGRAMS; at < HISTOGRAMS + TABLE; at += 16) {
    v128.store(at, i32x4.add(v128.load(at), v128.load(at + TABLE)));
  }
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

/** Counts the 10 bits at `shift` of the values whose bits from `fixed` up are `prefix`. */
function countDigit(x: usize, n: i32, fixed: u32, prefix: u32, shift: u32): void {
  memory.fill(HISTOGRAMS, 0, TABLE);
  for (const end = x + (<usize>n << 2); x < end; x += 4) {
    const bits = load<u32>(x) & MAGNITUDE;
    if (bits >> fixed != prefix) continue;
    const a = HISTOGRAMS + <usize>((bits >> shift & 1023) << 2);
    store<u32>(a, load<u32>(a) + 1);
  }
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
