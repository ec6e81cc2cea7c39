/**
 * Work in parts: the caller and its helpers, each with an instance of this module over the one memory.
 *
 * A job is `units` (rows, elements, products), cut into chunks of `grain`; a *part* is the function that does some of
 * them. How they are cut never changes a bit: a part may only write what belongs to its own units, and each value is
 * computed as the whole loop would. The caller writes the job, opens it, wakes the helpers and takes chunks itself from
 * the one counter, so that it can finish alone when no helper gets a processor. Then it waits for the chunks in hand;
 * where that takes too long, since another process has the helper's processor, it works alone for a while.
 *
 * To split a loop: see split/elements.ts. Law: test/src/kernel/threads.spec.ts.
 */
import { CONTROL, takeBlock } from './layout';

/** Chunks not yet taken; below 0 once a thread has asked in vain. A cache line of its own, as each of the following. */
const OPEN: usize = CONTROL;
/** Chunks not yet done. */
const LEFT: usize = CONTROL + 0x40;
/** Whether the caller sleeps until LEFT is 0. */
const CALLER_SLEEPS: usize = CONTROL + 0x80;
/** Set from outside (src/kernel/threads) when a helper has died. */
const BROKEN: usize = CONTROL + 0xc0;
/** The job: what to call, how many units, units a chunk, chunks. */
const PART: usize = CONTROL + 0x100;
const UNITS: usize = CONTROL + 0x104;
const GRAIN: usize = CONTROL + 0x108;
const CHUNKS: usize = CONTROL + 0x10c;
/** Its arguments: 32 slots of a value and a step, 8 bytes each. */
const SLOTS: usize = CONTROL + 0x140;
/** One cache line a thread: its ticket, which changes with each job for it, and whether it sleeps. */
const LINES: usize = CONTROL + 0x400;
const LINE: usize = 64;
const SLEEPS: usize = 4;
/** The ticket of a thread that is to end. */
const CLOSED: i32 = -1;

/** Looks at a word before a helper falls asleep: some 100 µs, more than the time between two kernels of a step. */
const SPINS: i32 = 1 << 16;
/** As much for the caller at the end of a job: then it gives its processor to the helper that still has a chunk. */
const CALLER_SPINS: i32 = 1 << 14;
/**
 * Operations (about 100 µs) that are done without a helper which sleeps before it is woken: that costs some 5 µs, and
 * the processor that it then looks for work on. Twice as many after each call that brought nobody, up to some 100 ms.
 */
const WORTH_WAKING: f64 = 3e6;
const MOST_WAITING: f64 = 3e9;
/** Operations a millisecond of a thread, at most and at least: 35 and 16 GFLOP/s. */
const FAST: f64 = 35e6;
const SLOW: f64 = 16e6;
/** How much longer than it waited for a late helper the caller then works alone: what waiting costs stays below 5 %. */
const REST: f64 = 20;
/** Nanoseconds until a caller that sleeps asks whether its helpers live. */
const PATIENCE: i64 = 100_000_000;

/** Threads of this instance's jobs, itself included. */
let threads: i32 = 1;
/** Jobs of fewer operations are done by the caller alone. 0, in tests: all are split, and helpers always woken. */
let least: f64 = 0;
/** Operations of the job at hand, and of those that some helper slept through. */
let operations: f64 = 0;
let missed: f64 = 0;
/** How many those have to be before a helper is woken. */
let worthWaking: f64 = WORTH_WAKING;
/** Operations that the caller will still do alone. */
let alone: f64 = 0;

// @ts-ignore: decorator
@external('env', 'stalled')
declare function stalled(): void;
/** Milliseconds from any point on. */
// @ts-ignore: decorator
@external('env', 'now')
declare function now(): f64;

/** What this instance is: thread 0 is the caller. */
export function enter(thread: i32, count: i32, splitFrom: f64): void {
  takeBlock(thread);
  threads = count;
  least = splitFrom;
}

/** Whether the caller does so little work alone; see docs/performance/threads.md for where the limit comes from. */
export function isSmall(work: f64): bool {
  operations = work;
  return threads == 1 || work < least || work == 0;
}

// ---- the arguments of a job

/** A vector or matrix, and how many bytes it moves on with each unit. */
export function pointer(slot: i32, at: usize, step: usize): void {
  store<usize>(SLOTS + (<usize>slot << 4), at);
  store<usize>(SLOTS + (<usize>slot << 4), step, 8);
}

export function integer(slot: i32, value: i32): void {
  store<i32>(SLOTS + (<usize>slot << 4), value);
}

/** Exact for a float32, too. */
export function real(slot: i32, value: f64): void {
  store<f64>(SLOTS + (<usize>slot << 4), value);
}

/** Where the vector of that slot is at unit `first`. */
export function at(slot: i32, first: i32): usize {
  return load<usize>(SLOTS + (<usize>slot << 4)) + <usize>first * load<usize>(SLOTS + (<usize>slot << 4), 8);
}

export function integerAt(slot: i32): i32 {
  return load<i32>(SLOTS + (<usize>slot << 4));
}

export function realAt(slot: i32): f64 {
  return load<f64>(SLOTS + (<usize>slot << 4));
}

// ---- running it

/** How many chunks are enough: a few a thread, so that one that comes late takes fewer. */
export function chunksOf(units: i32): i32 {
  return min(units, threads << 2);
}

/** As {@link chunksOf}, at least `atLeast` and a multiple of the number of threads, so that all have equally many. */
export function evenChunks(atLeast: i32): i32 {
  return (atLeast + threads - 1) / threads * threads;
}

/** Does all units; the arguments are in their slots. */
export function run(part: (first: i32, count: i32) => void, units: i32, grain: i32): void {
  const chunks = (units + grain - 1) / grain;
  if (chunks <= 1 || alone > 0) {
    alone = max(0, alone - operations);
    return part(0, units);
  }
  if (atomic.load<i32>(BROKEN)) stalled();
  store<i32>(PART, part.index);
  store<i32>(UNITS, units);
  store<i32>(GRAIN, grain);
  store<i32>(CHUNKS, chunks);
  atomic.store<i32>(LEFT, chunks);
  // From here on a helper that is late for the job before takes chunks of this one, which is as good.
  atomic.store<i32>(OPEN, chunks);
  let asleep = false;
  for (let helper = 1, end = min(threads, chunks); helper < end; helper++) {
    if (!call(helper)) asleep = true;
  }
  missed = asleep ? missed + operations : 0;
  if (work() < chunks) worthWaking = WORTH_WAKING;
  awaitOthers();
}

/** Hands a helper the next ticket; returns whether it is awake, or soon will be. */
function call(helper: i32): bool {
  const line = LINES + <usize>helper * LINE;
  const ticket = load<i32>(line);
  if (ticket == CLOSED) return true;
  atomic.store<i32>(line, (ticket + 1) & 0x7fffffff);
  if (!atomic.load<i32>(line, SLEEPS)) return true;
  if (least > 0 && missed + operations < worthWaking) return false;
  worthWaking = min(2 * worthWaking, MOST_WAITING);
  atomic.store<i32>(line, 0, SLEEPS); // called once, not again by each job until it gets a processor
  atomic.notify(line, 1);
  return true;
}

/** Takes chunks until there are none; returns how many it took. */
function work(): i32 {
  let taken = 0;
  for (;;) {
    const open = atomic.sub<i32>(OPEN, 1);
    if (open <= 0) break;
    taken++;
    const grain = load<i32>(GRAIN);
    const first = (load<i32>(CHUNKS) - open) * grain;
    call_indirect<void>(load<i32>(PART), first, min(grain, load<i32>(UNITS) - first));
    if (atomic.sub<i32>(LEFT, 1) == 1 && atomic.load<i32>(CALLER_SLEEPS)) atomic.notify(LEFT, 1);
  }
  return taken;
}

function awaitOthers(): void {
  for (let i = 0; i < CALLER_SPINS; i++) {
    if (atomic.load<i32>(LEFT) == 0) return;
  }
  const began = now();
  atomic.store<i32>(CALLER_SLEEPS, 1);
  for (;;) {
    const left = atomic.load<i32>(LEFT);
    if (left == 0) break;
    // 2: it was not woken in time.
    if (atomic.wait<i32>(LEFT, left, PATIENCE) == 2) stalled(); // throws where one has died
  }
  atomic.store<i32>(CALLER_SLEEPS, 0);
  const late = now() - began - operations / <f64>load<i32>(CHUNKS) / SLOW;
  if (least > 0 && late > 0) alone = REST * FAST * late;
}

/** A helper's life: it returns when its ticket says that the house is closed. */
export function serve(thread: i32): void {
  const line = LINES + <usize>thread * LINE;
  let seen = 0;
  for (;;) {
    let ticket = atomic.load<i32>(line);
    for (let i = 0; ticket == seen && i < SPINS; i++) ticket = atomic.load<i32>(line);
    if (ticket == seen) {
      atomic.store<i32>(line, 1, SLEEPS);
      atomic.wait<i32>(line, seen, -1);
      atomic.store<i32>(line, 0, SLEEPS);
    } else if (ticket == CLOSED) {
      return;
    } else {
      seen = ticket;
      work();
    }
  }
}
