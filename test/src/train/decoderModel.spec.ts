/**
 * A decoder as a text model.
 */
import { expect, it } from 'vitest';
import { createDecoderModel } from '../../../src/train/decoderModel.ts';
import { createWorld } from './fixture.ts';

it('takes more examples into one micro-batch than a call takes arguments', () => {
  const world = createWorld();
  world.remove();
  const lessons = createDecoderModel(world.decoder, world.tokenizer).lessons(
    [{ text: 'a', label: 'b' }],
    'refuse',
    'train',
  );
  const [one] = lessons.batches([0], 1);
  const many = 200_000;
  const batches = lessons.batches(new Array<number>(many).fill(0), many);
  expect(batches.map(({ targets }) => targets)).toEqual([many * one.targets]);
});
