/**
 * A learner that trains some tensors as full fine-tuning does and leaves all others as the seed has them.
 *
 * @module
 */
import type { Kernels } from '../kernel/kernels.ts';
import type { Optimizer } from '../optim/optimizer.ts';
import { TensorViews } from '../optim/tensorViews.ts';
import { countElements, elementCount } from '../tensor/shape.ts';
import { floatsOf, restoreOptimizer, slotsOf, WHOLE, type Learner, type Saved } from './learner.ts';
import type { ParameterShape } from '../tensor/parameter.ts';

/** What the learner calls the trained tensors in a checkpoint. */
const TRAINED = 'trained';

/**
 * θ += u in the trained tensors. The optimizer sees them alone, packed one after the other: its state is as small as they are.
 *
 * @param isTrained - for each tensor, whether it is trained.
 * @param seed - θ⁰.
 */
export function createPartLearner(
  kernels: Kernels,
  optimizer: Optimizer,
  parameters: readonly ParameterShape[],
  isTrained: readonly boolean[],
  seed: Float32Array,
  saved: Saved | null,
): Learner {
  const { memory } = kernels;
  const theta = memory.copyOf(seed);
  const trained = parameters.filter((_, i) => isTrained[i]);
  const places = new TensorViews(trained);
  const frozen = new TensorViews(parameters.filter((_, i) => !isTrained[i]));
  const packed = pack(trained);
  const inPacked = new TensorViews(packed);
  const [values, gradients, update] = [0, 1, 2].map(() => memory.floats(countElements(packed)));
  const copy = (to: readonly Float32Array[], from: readonly Float32Array[]): void =>
    to.forEach((view, i) => view.set(from[i]));
  const state = optimizer.init(kernels, packed);
  if (saved === null) copy(inPacked.of(values), places.of(theta));
  else {
    values.set(floatsOf(saved, TRAINED, values.length));
    copy(places.of(theta), inPacked.of(values));
    restoreOptimizer(state, saved);
  }
  return {
    ...WHOLE,
    theta,
    restrict: (gradient) => frozen.of(gradient).forEach((view) => kernels.zero(view)),
    move(gradient, learningRate) {
      copy(inPacked.of(gradients), places.of(gradient));
      optimizer.update(update, state, gradients, values, learningRate);
      kernels.add(values, values, update);
      copy(places.of(theta), inPacked.of(values));
    },
    save: () => ({ step: state.step, vectors: new Map([[TRAINED, values], ...slotsOf(state)]) }),
  };
}

/** The same tensors without a gap between them. */
function pack(tensors: readonly ParameterShape[]): ParameterShape[] {
  let offset = 0;
  return tensors.map(({ name, shape }) => {
    const tensor = { name, shape, offset };
    offset += elementCount(shape);
    return tensor;
  });
}
