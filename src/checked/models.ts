/**
 * Models and what they read, for callers from JavaScript.
 *
 * @module
 */
import * as library from '../index.ts';
import { checkKernels } from '../kernel/checks.ts';
import {
  callable,
  float32,
  having,
  ignored,
  instance,
  int32,
  integer,
  list,
  numbers,
  optional,
  options,
  real,
  truth,
  type Kinds,
} from '../kinds.ts';
import type { BeamOptions } from '../nn/beam.ts';
import type { DecodeOptions } from '../nn/t5/generate.ts';
import { guard } from './guard.ts';
import { aRandom, tokenLists } from './things.ts';

const theta = float32;
const token = integer(0);
const documents = list(having('a document { tokens, lossFrom }', { tokens: int32, lossFrom: optional(real) }));
const optionalLength = optional(integer(1));
const memory = instance(library.Memory, 'a Memory');

export const initialise = guard('initialise', library.initialise, {
  model: having('a model, as createDecoder makes one', {
    parameters: list(ignored),
    size: integer(1),
    declared: ignored,
  }),
  theta,
  random: aRandom,
});
export const batchOf = guard('batchOf', library.batchOf, { documents, length: optionalLength });
export const countTargets = guard('countTargets', library.countTargets, {
  batch: having('a batch', { targets: int32 }),
});
export const pack = guard('pack', library.pack, { documents, length: integer(1), rows: optionalLength });
export const packAll = guard('packAll', library.packAll, {
  documents,
  sizes: options({ rows: integer(1), length: integer(1) }),
});
export const generate = guard('generate', library.generate, {
  decoder: instance(library.Decoder, 'a decoder, as createDecoder makes one'),
  theta,
  prompts: tokenLists,
  options: options({
    kernels: checkKernels,
    maximumTokens: integer(0),
    end: token,
    rows: optional(integer(1)),
    watch: optional(callable),
  }),
});

const beamOptions: Kinds<BeamOptions> = {
  beams: integer(1),
  end: token,
  maximumTokens: integer(1),
  lengthPenalty: real,
};
export const beamSearch = guard('beamSearch', library.beamSearch, {
  sentences: integer(0),
  startToken: token,
  advance: callable,
  options: options(beamOptions),
});
export const decode = guard('decode', library.decode, {
  t5: instance(library.T5, 'a T5, as createT5 makes one'),
  theta,
  sources: tokenLists,
  options: options<DecodeOptions>({
    ...beamOptions,
    kernels: checkKernels,
    together: optional(integer(1)),
    watch: optional(callable),
  }),
});
export const relativeBucket = guard('relativeBucket', library.relativeBucket, {
  offset: real,
  options: options({ buckets: integer(1), maximumDistance: real, bidirectional: truth }),
});
export const pairBatch = guard('pairBatch', library.pairBatch, {
  pairs: list(having('a pair { source, target }', { source: int32, target: int32 })),
  startToken: token,
  lengths: optional(options({ source: optionalLength, target: optionalLength })),
});
export const rowsOf = guard('rowsOf', library.rowsOf, { sequences: tokenLists, length: optionalLength });
const room = { rows: integer(1), capacity: integer(1), width: integer(1) };
export const DecoderCache = guard('DecoderCache', library.DecoderCache, { memory, layers: integer(1), ...room });
export const LayerCache = guard('LayerCache', library.LayerCache, {
  memory,
  ...room,
  slots: having('slots { positions, keys }', { positions: int32, keys: integer(0) }),
});
export const corruptSpans = guard('corruptSpans', library.corruptSpans, {
  tokens: int32,
  random: aRandom,
  options: options({ density: real, meanSpan: real, sentinels: numbers, end: token }),
});
