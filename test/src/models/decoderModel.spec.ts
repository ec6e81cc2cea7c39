/**
 * A decoder as a text model.
 */
import { expect, it } from 'vitest';
import { createDecoderModel } from '../../../src/models/decoderModel.ts';
import { createWorld } from '../train/fixture.ts';

it('takes more examples into one micro-batch than a call takes arguments', () => {
  const world = createWorld();
  world.remove();
  const dataset = createDecoderModel(world.decoder, world.tokenizer).dataset(
    [{ text: 'a', label: 'b' }],
    'refuse',
    'train',
  );
  const [one] = dataset.batches([0], 1);
  const many = 200_000;
  const batches = dataset.batches(new Array<number>(many).fill(0), many);
  expect(batches.map(({ targets }) => targets)).toEqual([many * one.targets]);
});
