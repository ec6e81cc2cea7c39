/**
 * Greedy decoding against its definition: the argmax of the whole forward pass, token by token.
 *
 * @module
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Tape } from '../../../src/autograd/tape.ts';
import { createKernels } from '../../../src/kernel/create.ts';
import { KERNEL_NAMES, type Kernels } from '../../../src/kernel/kernels.ts';
import { emptyBatch, type Batch } from '../../../src/nn/batch.ts';
import { DecoderCache } from '../../../src/nn/cache.ts';
import { generate } from '../../../src/nn/generate.ts';
import { runSeed } from '../../run/runs.ts';
import { createToy, logitsOf, VOCABULARY, type Toy, modelRuns } from './toy.ts';

const END = 1;

/** All of a text, each token seeing itself and what is before it. */
function wholeText(tokens: readonly number[]): Batch {
  const batch = emptyBatch(1, tokens.length);
  batch.tokens.set(tokens);
  for (let i = 0; i < tokens.length; i++) [batch.positions[i], batch.to[i]] = [i, i + 1];
  return batch;
}

/** The slow way, without a cache and one prompt at a time. */
function literal(kernels: Kernels, toy: Toy, prompt: readonly number[], maximumTokens: number): number[] {
  const text = [...prompt];
  const { context } = toy.decoder.config;
  while (text.length - prompt.length < maximumTokens && text.length <= context) {
    const last = logitsOf(kernels, toy, wholeText(text))[text.length - 1];
    const best = last.indexOf(Math.max(...last));
    if (best === END) break;
    text.push(best);
  }
  return text.slice(prompt.length);
}

const prompts = fc.array(fc.array(fc.nat(VOCABULARY - 1), { minLength: 1, maxLength: 48 }), {
  minLength: 1,
  maxLength: 5,
});

describe.each(KERNEL_NAMES)('generate on %s kernels', (name) => {
  const kernels = createKernels(name);
  // Parameters this large give texts that go on for a while without repeating themselves.
  const toy = createToy(kernels, 9);
  for (let i = 0; i < toy.theta.length; i++) toy.theta[i] *= 2;

  it('gives what the whole forward pass gives, whatever is decoded together', () => {
    fc.assert(
      fc.property(prompts, fc.nat(12), fc.integer({ min: 1, max: 3 }), (texts, maximumTokens, rows) => {
        const options = { kernels, maximumTokens, end: END, rows };
        const got = generate(
          toy.decoder,
          toy.theta,
          texts.map((text) => Int32Array.from(text)),
          options,
        );
        expect(got.map((tokens) => [...tokens])).toEqual(
          texts.map((text) => literal(kernels, toy, text, maximumTokens)),
        );
      }),
      { numRuns: modelRuns(15), seed: runSeed() },
    );
  });

  it('computes with the cache the very bits that it computes without', () => {
    const text = Array.from({ length: 40 }, (_, i) => (i * 7 + 3) % VOCABULARY);
    const wanted = logitsOf(kernels, toy, wholeText(text));
    const tape = new Tape(kernels, 'forward');
    tape.step(() => {
      const { layers, modelSize } = toy.decoder.config;
      const cache = new DecoderCache(kernels.memory, layers, 1, text.length, modelSize);
      for (let i = 0; i < text.length; i++) {
        const batch = emptyBatch(1, 1);
        [batch.tokens[0], batch.positions[0], batch.to[0]] = [text[i], i, i + 1];
        const logits = tape.step(() => toy.decoder.step(tape, toy.theta, batch, Int32Array.of(0), cache).data.slice());
        expect(logits).toEqual(wanted[i]);
      }
    });
  });

  it('gives back the memory it took', () => {
    const before = kernels.memory.bytes;
    generate(toy.decoder, toy.theta, [Int32Array.of(3, 4)], { kernels, maximumTokens: 3, end: END });
    expect(kernels.memory.bytes).toBe(before);
  });

  it('refuses prompts without a token and prompts beyond the context', () => {
    const options = { kernels, maximumTokens: 3, end: END };
    const ask = (length: number) => () =>
      generate(toy.decoder, toy.theta, [Int32Array.of(1), new Int32Array(length)], options);
    expect(ask(0)).toThrow('generate: prompts[1]: expected 1 to 48 tokens, the context, got 0');
    expect(ask(49)).toThrow('generate: prompts[1]: expected 1 to 48 tokens, the context, got 49');
    expect(ask(48)).not.toThrow();
  });
});
