/**
 * The layers' kernels over the wasm module.
 *
 * @module
 */
import { checkLength } from '../checks.ts';
import type { Activation, Kernels } from '../kernels.ts';
import { checkCrossEntropy } from '../scalar/crossEntropy.ts';
import { gatedPlain, gatedPlainBackward, isPlain, type PlainActivation } from '../scalar/gatedPlain.ts';
import { checkGather } from '../scalar/gather.ts';
import { checkNorm } from '../scalar/norm.ts';
import { checkRotate } from '../scalar/rotary.ts';
import { checkSoftmax } from '../scalar/softmax.ts';
import type { WasmModule } from './module.ts';

type Layers =
  | 'rmsNorm'
  | 'rmsNormBackward'
  | 'gated'
  | 'gatedBackward'
  | 'rotate'
  | 'softmax'
  | 'softmaxBackward'
  | 'gather'
  | 'gatherBackward'
  | 'crossEntropy'
  | 'crossEntropyWithGradient';

export function createLayers({ wasm, at }: WasmModule): Pick<Kernels, Layers> {
  const gates: Record<Exclude<Activation, PlainActivation>, typeof wasm.gatedGelu> = {
    gelu: wasm.gatedGelu,
    silu: wasm.gatedSilu,
  };
  const gatesBackward: Record<Exclude<Activation, PlainActivation>, typeof wasm.gatedGeluBackward> = {
    gelu: wasm.gatedGeluBackward,
    silu: wasm.gatedSiluBackward,
  };
  return {
    rmsNorm(out, inverseRms, x, weight, rows, columns, epsilon) {
      checkNorm('rmsNorm', [out, x], weight, inverseRms, rows, columns);
      wasm.rmsNorm(at(out), at(inverseRms), at(x), at(weight), rows, columns, epsilon);
    },
    rmsNormBackward(dX, dWeight, dOut, x, weight, inverseRms, rows, columns) {
      checkNorm('rmsNormBackward', [dX, dOut, x], weight, inverseRms, rows, columns);
      checkLength('rmsNormBackward', dWeight, columns);
      wasm.rmsNormBackward(at(dX), at(dWeight), at(dOut), at(x), at(weight), at(inverseRms), rows, columns);
    },
    gated(out, gate, up, activation) {
      if (isPlain(activation)) {
        gatedPlain(out, gate, up, activation);
        return;
      }
      checkLength('gated', gate, out.length);
      checkLength('gated', up, out.length);
      gates[activation](at(out), at(gate), at(up), out.length);
    },
    gatedBackward(dGate, dUp, dOut, gate, up, activation, accumulate) {
      if (isPlain(activation)) {
        gatedPlainBackward(dGate, dUp, dOut, gate, up, activation, accumulate);
        return;
      }
      for (const other of [dUp, dOut, gate, up]) checkLength('gatedBackward', other, dGate.length);
      gatesBackward[activation](at(dGate), at(dUp), at(dOut), at(gate), at(up), dGate.length, accumulate);
    },
    rotate(out, x, cosine, sine, positions, heads, headSize, direction, accumulate) {
      checkRotate(out, x, cosine, sine, positions, heads, headSize);
      const rows = positions.length;
      wasm.rotate(at(out), at(x), at(cosine), at(sine), at(positions), rows, heads, headSize, direction, accumulate);
    },
    softmax(out, x, from, to, heads, queries, keys) {
      checkSoftmax(out, x, from, to, heads, keys);
      wasm.softmax(at(out), at(x), at(from), at(to), from.length / queries, heads, queries, keys);
    },
    softmaxBackward(dX, dOut, out, rows, columns) {
      for (const matrix of [dX, dOut, out]) checkLength('softmaxBackward', matrix, rows * columns);
      wasm.softmaxBackward(at(dX), at(dOut), at(out), rows, columns);
    },
    gather(out, table, indices, columns) {
      checkGather('gather', out, table, indices, columns);
      wasm.gather(at(out), at(table), at(indices), indices.length, columns);
    },
    gatherBackward(dTable, dOut, indices, columns) {
      checkGather('gatherBackward', dOut, dTable, indices, columns);
      wasm.gatherBackward(at(dTable), at(dOut), at(indices), indices.length, columns);
    },
    crossEntropy(losses, logits, targets, columns) {
      checkCrossEntropy('crossEntropy', losses, logits, targets, columns);
      wasm.crossEntropy(at(losses), at(logits), at(targets), targets.length, columns);
    },
    crossEntropyWithGradient(losses, dLogits, logits, targets, columns, factor) {
      checkCrossEntropy('crossEntropyWithGradient', losses, logits, targets, columns);
      checkLength('crossEntropyWithGradient', dLogits, logits.length);
      const rows = targets.length;
      wasm.crossEntropyWithGradient(at(losses), at(dLogits), at(logits), at(targets), rows, columns, factor);
    },
  };
}
