/**
 * The order statistic: src/kernel/scalar/select.ts, which finds it digit by digit. Here a band of values is guessed
 * first, around a value that is given or from a sample. One pass counts what lies above the band and copies what lies
 * inside, of which the guess is made again; where guesses fail, the digits are counted after all. Whatever is guessed,
 * the result is the same: every place is known by counting, never by the sample (decision 0081; bench/selection shows
 * both).
 *
 * All comparisons are between bit patterns without their sign, as int32: those of non-negative floats are ordered as
 * the floats are, a NaN above +∞. Places count from the top, as the values that are kept do.
 */
import { countBeyond, equal, gatherBetween, gathered, makeRoom, room } from './band';
import { aboveDigits, selectByDigits } from './digits';
import { CANDIDATES, SAMPLE } from './layout';

const INFINITE: i32 = 0x7f800000;
/** Up to so many values counting digits is as fast as guessing. */
const FEW: i32 = 4096;
/** Few values lie above a band whose place is among the first 2^−5 of them: that is where blocks without any pay. */
const FEW_ABOVE: i32 = 5;
/** The band reaches so many standard deviations of a sample's quantile to either side: 1 guess in 2,000 fails. */
const DEVIATIONS: f64 = 3.5;
/** How many guesses may fail, or be made among what was copied, before the digits are counted. */
const GUESSES: i32 = 4;
/** Up to so many values a pass over them costs less than looking first whether it is worth it. */
const UNSEEN: i32 = 1 << 21;
/** The places of a small sample, which has room of its own; a larger one lies where the candidates are to come. */
const SMALL_SAMPLE: i32 = 4096;

/** The values that the order statistic is known to be among, and how many values exceed all of them. */
let values: usize = 0;
let count: i32 = 0;
let isCopied: bool = false;
let place: i32 = 0;
let above: i32 = 0;

/** The band, both edges excluded, and their places in the sample. */
let low: i32 = 0;
let high: i32 = 0;
let lowPlace: f64 = 0;
let highPlace: f64 = 0;
/** How far the last band lay from the place, in places of the sample. */
let miss: f64 = 0;

/** What one pass found out. */
const INSIDE = 0;
const EDGE = 1;
const BESIDE = 2;
const FULL = 3;

/** How many values exceed the one that {@link orderStatistic} returned last. */
export function aboveOrderStatistic(): i32 {
  return above;
}

/** The value of rank `rank` (0 = smallest), its sign cleared; `near` is a guess at it, 0 where there is none. */
export function orderStatistic(x: usize, n: i32, rank: i32, near: f32): f32 {
  values = x, count = n, isCopied = false, place = n - 1 - rank, above = 0, miss = 0;
  makeRoom(n);
  let found = INSIDE;
  if (n > FEW && near > 0 && near < Infinity) {
    guessAround(near);
    if (count <= UNSEEN || mayFit()) {
      found = narrow();
      if (found == EDGE) return reinterpret<f32>(high);
      miss = 0;
    }
  }
  for (let guesses = near < 0 ? GUESSES : 0; count > FEW && guesses < GUESSES; guesses++) {
    guessFromSample();
    found = narrow();
    if (found == EDGE) return reinterpret<f32>(high);
    if (found == FULL) break;
  }
  const value = selectByDigits(values, count, count - 1 - place, !isCopied);
  above += aboveDigits();
  return value;
}

/** One pass: is the place inside the band, on an edge of it (`high` then), or beside it? */
function narrow(): i32 {
  if (low == high) return onEdge(high, highPlace);
  // Copies of copies lie behind them, so that those can still be counted.
  const to = isCopied ? values + (<usize>count << 2) : CANDIDATES;
  const atLeast = gatherBetween(values, count, low, high, to, place < count >> FEW_ABOVE), inside = gathered();
  if (inside < 0) return FULL;
  if (place < atLeast) return onEdge(high, highPlace);
  if (place >= atLeast + inside) return onEdge(low, lowPlace);
  above += atLeast, place -= atLeast, miss = 0;
  values = to, count = inside, isCopied = true;
  return INSIDE;
}

/** One pass, where many values tie: is the place among those that equal the edge, or beside them? */
function onEdge(edge: i32, edgePlace: f64): i32 {
  const more = countBeyond(values, count, edge);
  if (place < more || place >= more + equal()) return beside(edgePlace, more);
  above += more, high = edge;
  return EDGE;
}

/** The next guess is shifted by what the edge's true place tells about the sample. */
function beside(edge: f64, truePlace: i32): i32 {
  miss = edge - inSample(truePlace, sampleSize());
  return BESIDE;
}

/** A threshold moves little from step to step, that of a large silo less; and there the band holds more. */
function guessAround(near: f32): void {
  const factor: f32 = count > room ? 1.125 : 1.25;
  low = reinterpret<i32>(near / factor), high = min(reinterpret<i32>(near * factor), INFINITE);
}

/** Whether there is room for the band, as far as a small sample tells: a pass that finds none is lost. */
function mayFit(): bool {
  takeSample(SAMPLE, SMALL_SAMPLE);
  const aboveLow = countBeyond(SAMPLE, SMALL_SAMPLE, low);
  const inside = aboveLow - countBeyond(SAMPLE, SMALL_SAMPLE, high) - equal();
  return inside <= fitting(inSample(room, SMALL_SAMPLE));
}

/** Order statistics of a sample beside the place; no further apart than the candidates' room allows. */
function guessFromSample(): void {
  const size = sampleSize();
  const sample = size > SMALL_SAMPLE ? CANDIDATES : SAMPLE;
  takeSample(sample, size);
  const center = inSample(place, size);
  const deviation = Math.sqrt(center * (1 - center / size));
  const reach = Math.min(DEVIATIONS * deviation + 2, 0.5 * fitting(inSample(room, size)));
  highPlace = Math.floor(center + miss - reach), lowPlace = Math.ceil(center + miss + reach);
  high = highPlace < 0 ? INFINITE + 1 : reinterpret<i32>(selectByDigits(sample, size, size - 1 - <i32>highPlace, false));
  low = lowPlace >= size ? -1 : reinterpret<i32>(selectByDigits(sample, size, size - 1 - <i32>lowPlace, false));
}

/**
 * As large as it takes for the band to hold no more than there is room for (decision 0081); small where little is copied anyway.
 */
function sampleSize(): i32 {
  const share = <f64>place / count, rooms = <f64>count / room;
  const root = 2 * DEVIATIONS * Math.sqrt(share * (1 - share)) * rooms + DEVIATIONS * Math.sqrt(rooms);
  return min(max(SMALL_SAMPLE, <i32>min(root * root, <f64>room)), count >> 5);
}

/**
 * Of the places of a sample that are as large a share of it as the room is of the values, those between which the values fit for
 * certain: between k places lie as many, more or less by {@link DEVIATIONS} times √k.
 */
function fitting(places: f64): f64 {
  const root = 0.5 * (Math.sqrt(DEVIATIONS * DEVIATIONS + 4 * places) - DEVIATIONS);
  return root * root;
}

/** A place among the values as one in a sample of them. */
function inSample(at: i32, size: i32): f64 {
  return <f64>at / <f64>count * <f64>size;
}

/** One value from each of `size` equal stretches, at a place in it that follows no pattern of rows and columns. */
function takeSample(to: usize, size: i32): void {
  const stride = <u64>(count / size);
  let random: u32 = 1;
  for (let from = values, end = to + (<usize>size << 2); to < end; to += 4) {
    random = random * 1664525 + 1013904223;
    store<u32>(to, load<u32>(from + (<usize>(<u64>random * stride >> 32) << 2)));
    from += <usize>stride << 2;
  }
}
