/**
 * Between the bytes of tensors and typed arrays. Every result is a copy.
 *
 * @module
 */
import { wrong } from '../errors.ts';
import { decodeBfloat16, encodeBfloat16 } from '../tensor/bfloat16.ts';
import { copyBytes } from './bytes.ts';
import { decodeFloat16 } from './float16.ts';
import type { Dtype } from './dtype.ts';
import type { StoredTensor } from './safetensors.ts';

/** Values of F32, or of F16 and BF16 widened, which is exact. */
export function toFloat32(tensor: StoredTensor, where: string): Float32Array {
  const buffer = requireDtype(tensor, ['F32', 'F16', 'BF16'], where);
  if (tensor.dtype === 'F32') return new Float32Array(buffer);
  return tensor.dtype === 'F16' ? decodeFloat16(new Uint16Array(buffer)) : decodeBfloat16(new Uint16Array(buffer));
}

export function toFloat64(tensor: StoredTensor, where: string): Float64Array {
  return new Float64Array(requireDtype(tensor, ['F64'], where));
}

export function toUint32(tensor: StoredTensor, where: string): Uint32Array {
  return new Uint32Array(requireDtype(tensor, ['U32'], where));
}

export function toUint16(tensor: StoredTensor, where: string): Uint16Array {
  return new Uint16Array(requireDtype(tensor, ['U16'], where));
}

export function toUint8(tensor: StoredTensor, where: string): Uint8Array {
  return new Uint8Array(requireDtype(tensor, ['U8'], where));
}

/** @param dtype - BF16 rounds each value to the nearest, ties to even. */
export function ofFloat32(
  name: string,
  shape: readonly number[],
  values: Float32Array,
  dtype: 'F32' | 'BF16' = 'F32',
): StoredTensor {
  return { name, dtype, shape, bytes: copyBytes(dtype === 'F32' ? values : encodeBfloat16(values)) };
}

export function ofFloat64(name: string, shape: readonly number[], values: Float64Array): StoredTensor {
  return { name, dtype: 'F64', shape, bytes: copyBytes(values) };
}

export function ofUint32(name: string, shape: readonly number[], values: Uint32Array): StoredTensor {
  return { name, dtype: 'U32', shape, bytes: copyBytes(values) };
}

export function ofUint16(name: string, shape: readonly number[], values: Uint16Array): StoredTensor {
  return { name, dtype: 'U16', shape, bytes: copyBytes(values) };
}

export function ofUint8(name: string, shape: readonly number[], values: Uint8Array): StoredTensor {
  return { name, dtype: 'U8', shape, bytes: copyBytes(values) };
}

/** The tensor's bytes, copied, if its type is one of those. */
function requireDtype(tensor: StoredTensor, accepted: readonly Dtype[], where: string): ArrayBuffer {
  if (!accepted.includes(tensor.dtype)) throw wrong(`${where}: dtype`, `one of ${accepted.join(', ')}`, tensor.dtype);
  return copyBytes(tensor.bytes).buffer;
}
