/**
 * A training step of the T5, beside PyTorch. A subject of its own, since `step` promises its rows to be those of one model.
 *
 * @module
 */
import { measureStep } from './measureStep.ts';
import { TORCH, TORCH_AVX2, TORCH_AVX2_TWO, TORCH_TWO } from '../peers.ts';
import { printStep, stepToJson } from './table.ts';
import type { Subject } from '../subject.ts';
import { computeT5StepFlops, createT5Trainee, PAIRS, SOURCE_LENGTH, TARGET_LENGTH } from './t5Yardstick.ts';

export const t5Step: Subject = {
  measure: (setting) =>
    measureStep(setting, {
      subject: 't5step',
      createTrainee: createT5Trainee,
      peers: [TORCH, TORCH_TWO, TORCH_AVX2, TORCH_AVX2_TWO],
      flops: computeT5StepFlops(),
      facts: { rows: PAIRS, source: SOURCE_LENGTH, target: TARGET_LENGTH },
    }),
  print: printStep,
  toJson: stepToJson,
};
