/**
 * A training step of the decoder, beside every peer.
 *
 * @module
 */
import { measureStep } from './measureStep.ts';
import { JAX, TFJS, TORCH, TORCH_AVX2, TORCH_AVX2_TWO, TORCH_TWO } from '../peers.ts';
import { printStep, stepToJson } from './table.ts';
import type { Subject } from '../subject.ts';
import { computeStepFlops, createTrainee, LENGTH, ROWS, YARDSTICK } from './yardstick.ts';

export const trainingStep: Subject = {
  measure: (setting) =>
    measureStep(setting, {
      subject: 'step',
      createTrainee: (kernels) => createTrainee(kernels),
      peers: [TORCH, TORCH_TWO, TORCH_AVX2, TORCH_AVX2_TWO, TFJS, JAX],
      flops: computeStepFlops(YARDSTICK, ROWS, LENGTH),
      facts: { rows: ROWS, length: LENGTH },
    }),
  print: printStep,
  toJson: stepToJson,
};
