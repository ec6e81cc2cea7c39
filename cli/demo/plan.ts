/**
 * With which config each method of the main job is trained.
 *
 * @module
 */
import type { TrainConfig } from '../../src/train/config.ts';
import { findRate, type Rate, type Rates, type Recorded } from '../rates.ts';
import { planConfig } from '../recorded.ts';
import { DEMO_METHODS, ofMethod, type DemoMethod } from './methods.ts';

/** What the user may ask for. */
export interface DemoRequest {
  readonly task: string;
  readonly data: string | null;
  readonly test: string | null;
  readonly steps?: number | undefined;
  /** Random seeds: each method is trained with each. */
  readonly randomSeeds: readonly number[];
  /** Whether DST with the iterative threshold is compared, too. */
  readonly algorithm2: boolean;
  readonly measureRows?: number | undefined;
}

/** What each method is trained with, under a random seed: the first if none is named. */
export type ConfigOf = (method: DemoMethod, randomSeed?: number) => TrainConfig;

/** Measurements on the development split in a run: the points of a curve. */
const MEASUREMENTS = 8;

/** The configs by {@link planConfig}: chosen are the method and what the user asked for. */
export function planConfigs(options: DemoRequest, model: string, recorded: Recorded | null): ConfigOf {
  const asked = {
    ...(options.steps === undefined ? {} : { steps: options.steps }),
    ...(options.measureRows === undefined ? {} : { measureRows: options.measureRows }),
  };
  const { task, data, test } = options;
  return ({ method, epsilon, id, threshold }, randomSeed = options.randomSeeds[0]) => {
    const chosen = {
      model,
      task,
      data,
      test,
      method,
      epsilon: epsilon ?? 1,
      ...asked,
      randomSeed,
      ...(threshold === undefined ? {} : { threshold }),
    };
    const config = planConfig(recorded, chosen, `demo: ${id}`);
    return { ...config, evaluateEvery: Math.max(1, Math.ceil(config.steps / MEASUREMENTS)) };
  };
}

/** Full fine-tuning first, then DST from large to small ε: the order in which Fig. 9 has the rates grow. */
export function orderedRates(rates: Pick<Rates, 'rates'> | null): Rate[] {
  const order = [...ofMethod(DEMO_METHODS, 'full'), ...ofMethod(DEMO_METHODS, 'dst')];
  return order.map(({ method, epsilon }) => findRate(rates, method, epsilon)).filter((rate) => rate !== undefined);
}
