/**
 * What takes part in a benchmark: told what to do, then asked for one round after the other. Ours work in this
 * process, measured by tinybench; peers in processes of their own.
 *
 * @module
 */
import { Bench } from 'tinybench';
import { Internal } from '../src/errors.ts';

/** How long a round lasts. */
export interface RoundOptions {
  readonly milliseconds: number;
  /** Samples at least. */
  readonly least: number;
}

export interface Contestant {
  /** `ours`, or a peer's name. */
  readonly peer: string;
  readonly threads: number;
  /** Operations of a call, if they are not the case's. */
  readonly flops?: number;
  /** One round: the median of its samples, in milliseconds of one call. */
  round(options: RoundOptions): Promise<number>;
}

/** A sample of fast work holds many calls, so that the clock's grain and tinybench's own calls do not count. */
const LEAST_SAMPLE_MS = 1;

/** What a function of this process may say beside. */
export interface InProcessOptions {
  /** Operations of a call, if they are not the case's. */
  readonly flops?: number;
  /** The clock, in milliseconds. */
  readonly now?: () => number;
}

/** A function of this process as a contestant. */
export function inProcess(
  peer: string,
  threads: number,
  run: () => void,
  { flops, now = () => performance.now() }: InProcessOptions = {},
): Contestant {
  let repeat = 0;
  return {
    peer,
    threads,
    ...(flops === undefined ? {} : { flops }),
    async round({ milliseconds, least }) {
      if (repeat === 0) {
        run();
        const begin = performance.now();
        run();
        repeat = Math.max(1, Math.ceil(LEAST_SAMPLE_MS / (performance.now() - begin)));
      }
      const bench = new Bench({ time: milliseconds, iterations: least, warmup: false, throws: true, now });
      const sample = (): void => {
        for (let i = 0; i < repeat; i++) run();
      };
      bench.add(peer, sample, { async: false }); // otherwise it calls once more, to find that out
      const [{ result }] = await bench.run();
      if (!('latency' in result)) throw new Internal(`${peer}: expected a measurement, got ${result.state}`);
      return result.latency.p50 / repeat;
    },
  };
}

/**
 * As {@link inProcess}, on one thread, in milliseconds that the process spent working: a long call never escapes from the
 * other processes of a shared machine, a short one does, and their ratio would say so.
 */
export function onCpu(peer: string, run: () => void, options: Pick<InProcessOptions, 'flops'> = {}): Contestant {
  return inProcess(peer, 1, run, { ...options, now: cpuMilliseconds });
}

/** The clock of {@link onCpu}. */
export function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** What a table of such rows says of its clock. */
export const CPU_CLOCK = 'milliseconds of CPU, not of the wall';
