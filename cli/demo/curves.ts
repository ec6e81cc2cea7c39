/**
 * A run's events as the curves of the report.
 *
 * @module
 */
import { readEvents } from '../../src/files/events.ts';
import type { TrainResult } from '../../src/run/result.ts';
import { pathsOf } from '../../src/run/runFolder.ts';
import type { CurvePoint, MethodCurves } from '../report/input.ts';

/** Points a curve of thresholds or fractions has at most: there is one a silo and step. */
const POINTS = 60;

/** The curves of the run in that folder. */
export function readCurves(label: string, folder: string, result: TrainResult): MethodCurves {
  const loss: CurvePoint[] = [];
  const development: CurvePoint[] = [];
  const realised: { step: number; fraction: number }[] = [];
  const thresholds: { step: number; silo: string; value: number }[] = [];
  const stride = Math.max(1, Math.ceil(result.steps / POINTS));
  let silos: readonly unknown[] = [];
  for (const event of readEvents(pathsOf(folder).events)) {
    const step = Number(event['step']);
    if (event['kind'] === 'start' && Array.isArray(event['silos'])) silos = event['silos'];
    if (event['kind'] === 'development') development.push({ step, value: Number(event['value']) });
    if (event['kind'] !== 'step') continue;
    loss.push({ step, value: Number(event['loss']) });
    if (step % stride !== 0 && step !== result.steps) continue;
    realised.push({ step, fraction: Number(event['changed']) / result.size });
    const values: readonly unknown[] = Array.isArray(event['thresholds']) ? event['thresholds'] : [];
    values.forEach((value, i) => {
      if (typeof value === 'number') thresholds.push({ step, silo: String(silos[i]), value });
    });
  }
  return {
    method: label,
    epsilon: result.epsilon,
    learningRate: result.learningRate,
    loss,
    development,
    realised,
    thresholds,
    placement: result.placement.map(({ module, layer, size, changed }) => ({ module, layer, size, changed })),
    overlap: result.overlap,
  };
}
