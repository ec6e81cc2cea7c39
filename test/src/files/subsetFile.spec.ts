import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../src/errors.ts';
import { decodeIndices, encodeIndices, INDEX_ENCODINGS } from '../../../src/files/gapCode.ts';
import { readSafetensors, writeSafetensors } from '../../../src/files/safetensors.ts';
import type { StoredTensor } from '../../../src/files/safetensors.ts';
import {
  type AboutSubset,
  type SubsetArtifact,
  applyArtifact,
  createArtifact,
  readSubset,
  revertArtifact,
  writeSubset,
} from '../../../src/files/subsetFile.ts';
import { bitsOf } from '../../../src/kernel/scalar/bits.ts';
import { runs } from '../../run/runs.ts';

const LAYOUT = [
  { name: 'embedding/token', module: 'embedding/token', layer: null, shape: [3, 4], offset: 0 },
  { name: 'layers/0/up', module: 'layers/up', layer: 0, shape: [2, 2], offset: 12 },
  { name: 'final_norm/scale', module: 'final_norm/scale', layer: null, shape: [4], offset: 16 },
];
const N = 20;
const ABOUT = {
  epsilon: '0.1',
  silos: 'per-module',
  distance: 'inverse-relative',
  method: 'dst',
  extra: { steps: '600' },
} as const;

/** A seed with any finite values, and parameters of which some are others: also −0 for 0. */
const anyPair = fc
  .tuple(
    fc.float32Array({ minLength: N, maxLength: N, noNaN: true, noDefaultInfinity: true }),
    fc.array(fc.tuple(fc.nat({ max: N - 1 }), fc.float({ noNaN: true, noDefaultInfinity: true }))),
  )
  .map(([seed, changes]) => {
    const theta = Float32Array.from(seed);
    for (const [index, value] of changes) theta[index] = value;
    return { seed: Float32Array.from(seed), theta };
  });

describe.each(INDEX_ENCODINGS)('indices coded as %s', (encoding) => {
  it('come back', () => {
    const anyIndices = fc
      .uniqueArray(fc.nat({ max: 300_000 }), { maxLength: 30 })
      .map((list) => Uint32Array.from(list).sort());
    fc.assert(
      fc.property(anyIndices, (indices) => {
        const stored = encodeIndices('a.idx', indices, encoding);
        expect(decodeIndices(stored, encoding, 300_001, 'a')).toEqual(indices);
      }),
      { numRuns: runs(300) },
    );
  });

  it('are refused out of range', () => {
    const stored = encodeIndices('a.idx', Uint32Array.of(3, 9), encoding);
    expect(() => decodeIndices(stored, encoding, 9, 'a')).toThrow('a[1]: expected an index below 9, got 9');
  });
});

describe('index codes', () => {
  it('take 2 bytes as long as every gap does', () => {
    expect(encodeIndices('a', Uint32Array.of(65_535, 131_071), 'gap').dtype).toBe('U16');
    expect(encodeIndices('a', Uint32Array.of(65_536), 'gap').dtype).toBe('U32');
    expect(encodeIndices('a', Uint32Array.of(0, 65_537), 'gap').dtype).toBe('U32');
    expect(encodeIndices('a', Uint32Array.of(1), 'flat').dtype).toBe('U32');
  });

  it('that do not ascend are refused', () => {
    const stored = encodeIndices('a', Uint32Array.of(4, 4), 'flat');
    expect(() => decodeIndices(stored, 'flat', 9, 'a')).toThrow(
      'a[1]: expected an index from 5: strictly ascending, got 4',
    );
  });
});

describe.each(INDEX_ENCODINGS)("a subset's file (%s)", (encoding) => {
  it('makes the tuned parameters of the seed, and the seed of them, to the bit', () => {
    fc.assert(
      fc.property(anyPair, ({ seed, theta }) => {
        const artifact = createArtifact(seed, theta, LAYOUT, ABOUT);
        const read = readSubset(writeSubset(artifact, encoding), 'file');
        expect(read).toEqual(artifact);
        const [before, after] = [bitsOf(seed.slice()), bitsOf(theta.slice())];
        const applied = applyArtifact(seed, LAYOUT, read, 'file');
        expect(bitsOf(applied)).toEqual(after);
        expect(bitsOf(revertArtifact(applied, seed, LAYOUT, read, 'file'))).toEqual(before);
        expect(bitsOf(seed)).toEqual(before);
      }),
      { numRuns: runs(200) },
    );
  });

  it('with any byte flipped is refused, or makes the same parameters all the same', () => {
    fc.assert(
      fc.property(anyPair, fc.nat(), fc.integer({ min: 1, max: 255 }), ({ seed, theta }, at, flip) => {
        const file = writeSubset(createArtifact(seed, theta, LAYOUT, ABOUT), encoding);
        file[at % file.length] ^= flip;
        let applied: Float32Array;
        try {
          applied = applyArtifact(seed, LAYOUT, readSubset(file, 'file'), 'file');
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInput);
          return;
        }
        expect(bitsOf(applied)).toEqual(bitsOf(theta));
      }),
      { numRuns: runs(500) },
    );
  });
});

describe('the size', () => {
  it('is 6 bytes an entry and a header', () => {
    const size = 40_000;
    const layout = [{ name: 'a', module: 'a', layer: null, shape: [size], offset: 0 }];
    const seed = new Float32Array(size);
    const sizes = [1000, 2000].map((count) => {
      const theta = seed.slice();
      for (let i = 0; i < count; i++) theta[i * 20] = 1;
      return writeSubset(createArtifact(seed, theta, layout, ABOUT)).length;
    });
    // the header's numbers may take a digit more, and it is padded to 8
    expect(sizes[1] - sizes[0]).toBeGreaterThanOrEqual(6000);
    expect(sizes[1] - sizes[0]).toBeLessThanOrEqual(6000 + 8);
    expect(sizes[0]).toBeLessThan(6000 + 1000);
  });
});

describe('another seed', () => {
  const seed = Float32Array.from({ length: N }, (_, i) => i);
  const theta = seed.map((value, i) => (i % 7 === 0 ? value + 1 : value));
  const artifact = createArtifact(seed, theta, LAYOUT, ABOUT);

  it('is refused before anything is applied, by the tensor that differs', () => {
    const other = seed.map((value, i) => (i === 13 ? -value : value));
    expect(() => applyArtifact(other, LAYOUT, artifact, 's')).toThrow(
      /^s: seed: expected the one that .* "layers\/0\/up" differs/,
    );
    expect(() => revertArtifact(theta, other, LAYOUT, artifact, 's')).toThrow('"layers/0/up" differs');
    expect(() => applyArtifact(seed.subarray(1), LAYOUT, artifact, 's')).toThrow(
      's: seed: expected a seed of 20 parameters, got 19',
    );
  });

  it('with other tensors is refused by the first', () => {
    const [first, second, third] = LAYOUT;
    const renamed = [first, { ...second, name: 'layers/1/up' }, third];
    expect(() => applyArtifact(seed, renamed, artifact, 's')).toThrow(
      's: seed: expected a tensor "layers/0/up" [2, 2], got "\\"layers/1/up\\" [2, 2]"'.replaceAll('\\', ''),
    );
    const merged = [first, { ...second, shape: [8] }];
    expect(() => applyArtifact(seed, merged, artifact, 's')).toThrow(InvalidInput);
  });

  it('is not what a model that was not tuned by the subset reverts to', () => {
    const other = theta.map((value, i) => (i === 1 ? -1 : value));
    expect(() => revertArtifact(other, seed, LAYOUT, artifact, 's')).toThrow(
      "s: the tuned model's fingerprint: expected",
    );
    expect(() => revertArtifact(theta.subarray(1), seed, LAYOUT, artifact, 's')).toThrow('s: theta: expected');
  });

  it('and tied weights count once', () => {
    const tied = [...LAYOUT, { name: 'unembedding', module: 'unembedding', layer: null, shape: [3, 4], offset: 0 }];
    expect(createArtifact(seed, theta, tied, ABOUT)).toEqual(artifact);
  });

  it.each([
    ['a hole', LAYOUT.slice(1), 'parameters: "layers/0/up": expected an offset of 0: no hole, got 12'],
    ['too little', LAYOUT.slice(0, 2), 'parameters: expected tensors of 20 elements together, got 16'],
  ])('a layout with %s is refused', (_, layout, message) => {
    expect(() => createArtifact(seed, theta, layout, ABOUT)).toThrow(message);
  });

  it('a name of ours is not taken for something else', () => {
    expect(() => writeSubset({ ...artifact, extra: { epsilon: '1' } })).toThrow(
      'extra: expected names other than format',
    );
  });
});

describe('a damaged subset', () => {
  const seed = new Float32Array(N);
  const theta = seed.map((_, i) => (i === 3 || i === 5 || i === 13 ? i : 0));
  const file = readSafetensors(writeSubset(createArtifact(seed, theta, LAYOUT, ABOUT)), 'file');

  /** The file with other metadata, and tensors left out or put in. */
  function damaged(
    metadata: Readonly<Record<string, string | undefined>>,
    tensors: readonly StoredTensor[] = [],
    without: readonly string[] = [],
  ): Uint8Array {
    const kept = [...file.tensors.values()].filter(
      ({ name }) => !without.includes(name) && !tensors.some((tensor) => tensor.name === name),
    );
    const fields = Object.entries({ ...Object.fromEntries(file.metadata), ...metadata });
    const texts = fields.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
    return writeSafetensors([...kept, ...tensors], Object.fromEntries(texts));
  }

  const value = (name: string, ...numbers: number[]): StoredTensor => {
    const bytes = new Uint8Array(Float32Array.from(numbers).buffer);
    return { name, dtype: 'F32', shape: [numbers.length], bytes };
  };
  const layout = file.metadata.get('layout') ?? '';

  it.each<[string, Uint8Array, string]>([
    [
      'another format',
      damaged({ format: 'pt' }),
      'file: expected a subset (format dynamic-subset-tuning/subset), got "pt"',
    ],
    ['a later version', damaged({ version: '2' }), 'file: version: expected 1, got "2"'],
    ['no epsilon', damaged({ epsilon: undefined }), 'file: metadata: expected the field "epsilon", got "none"'],
    ['an unknown distance', damaged({ distance: 'relativ' }), 'did you mean "relative"?'],
    ['an unknown code', damaged({ encoding: 'zip' }), 'file: encoding: expected one of gap, flat, got "zip"'],
    ['a count that is no number', damaged({ n: '2e1' }), 'file: n: expected a whole number, got "2e1"'],
    ['another n', damaged({ n: '21' }), 'file: n: expected 20, the sum over the layout, got 21'],
    ['another count', damaged({ changed: '4' }), 'file: changed: expected 3, as many as are listed, got 4'],
    ['a short fingerprint', damaged({ seed_fingerprint: 'ab' }), 'seed_fingerprint: expected 64 hexadecimal digits'],
    ['a layout that is no JSON', damaged({ layout: '[' }), 'file: layout: expected JSON, got Unexpected end of JSON'],
    ['a layout that is no list', damaged({ layout: '{}' }), 'file: layout: expected a list of tensors'],
    [
      'a layout with a text',
      damaged({ layout: '["a"]' }),
      'file: layout[0]: expected [name, module, layer, shape, fing',
    ],
    [
      'a layout with a name twice',
      damaged({ layout: layout.replace('layers/0/up', 'embedding/token') }),
      'each name once',
    ],
    ['a tensor of no name', damaged({}, [value('stranger', 1)]), 'expected tensors of the layout only, got "stranger"'],
    [
      'places without values',
      damaged({}, [], ['layers/0/up.val']),
      'file: expected a tensor "layers/0/up.val", got "none"',
    ],
    [
      'values without places',
      damaged({}, [], ['layers/0/up.idx']),
      'file: expected a tensor "layers/0/up.idx", got "none"',
    ],
    [
      'too few values',
      damaged({}, [value('embedding/token.val', 1)]),
      '"embedding/token.val": expected the shape [2], got "[1]"',
    ],
    [
      'a NaN',
      damaged({}, [value('embedding/token.val', 1, NaN)]),
      'subset.values[1]: expected a finite number, got NaN',
    ],
  ])('with %s is refused', (_, bytes, message) => {
    expect(() => readSubset(bytes, 'file')).toThrow(InvalidInput);
    expect(() => readSubset(bytes, 'file')).toThrow(message);
  });
});

describe('what is written is what is read', () => {
  const seed = new Float32Array(N).fill(1);
  const theta = seed.map((value, i) => (i % 3 === 0 ? -value : value));
  const artifact = createArtifact(seed, theta, LAYOUT, ABOUT);

  /** Right values, values of wrong kinds, and values that agree with nothing else. */
  const anyText = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('0.1', 'none', '\ud800', '__proto__'),
  );
  const anything = fc.oneof(fc.anything(), anyText, fc.nat(), fc.constantFrom(0.1, NaN, null, [], {}));
  const anyChange = fc.oneof(
    fc.tuple(fc.constantFrom(...Object.keys(artifact)), anything),
    fc.tuple(fc.constant('extra'), fc.dictionary(anyText, fc.oneof(anyText, anything), { maxKeys: 2 })),
    fc.tuple(
      fc.constant('parameters'),
      fc
        .record({
          at: fc.nat({ max: 2 }),
          field: fc.constantFrom('name', 'module', 'layer', 'stackedAxis', 'offset', 'shape'),
          value: anything,
        })
        .map(({ at, field, value }) => LAYOUT.map((tensor, i) => (i === at ? { ...tensor, [field]: value } : tensor))),
    ),
    fc.tuple(
      fc.constant('subset'),
      fc
        .tuple(fc.constantFrom('size', 'indices', 'values', 'seedFingerprint'), anything)
        .map(([field, value]) => ({ ...artifact.subset, [field]: value })),
    ),
  );

  it('or it is refused', () => {
    const outcomes = { written: 0, refused: 0 };
    fc.assert(
      fc.property(fc.array(anyChange, { maxLength: 2 }), fc.constantFrom(...INDEX_ENCODINGS), (changes, encoding) => {
        const changed: unknown = { ...artifact, ...Object.fromEntries(changes) };
        let file: Uint8Array;
        try {
          file = writeSubset(changed as SubsetArtifact, encoding);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInput);
          outcomes.refused++;
          return;
        }
        expect(readSubset(file, 'file')).toStrictEqual(changed);
        outcomes.written++;
      }),
      { numRuns: runs(500) },
    );
    expect(outcomes.written).toBeGreaterThan(0);
    expect(outcomes.refused).toBeGreaterThan(0);
  });

  it.each([
    [{ epsilon: 0.1 }, 'createArtifact: epsilon: expected a text that is not empty, got 0.1'],
    [
      { silos: [[0, 1]] },
      'createArtifact: silos: expected one of none, per-module, per-module-and-layer, got a list of 1',
    ],
    [{ distance: 'relativ' }, /^createArtifact: distance: expected one of .*did you mean "relative"/],
    [{ extra: { steps: 600 } }, 'createArtifact: extra.steps: expected a text, got 600'],
    [{ method: undefined }, 'createArtifact: method: expected a text that is not empty, got undefined'],
  ])('%j is refused when the artifact is made', (change, message) => {
    const about: unknown = { ...ABOUT, ...change };
    expect(() => createArtifact(seed, theta, LAYOUT, about as AboutSubset)).toThrow(message);
  });

  it('with the axis along which layers are stacked', () => {
    const layout = LAYOUT.map((tensor) => (tensor.layer === null ? tensor : { ...tensor, stackedAxis: 1 }));
    const stacked = createArtifact(seed, theta, layout, ABOUT);
    expect(readSubset(writeSubset(stacked), 'file')).toStrictEqual(stacked);
    expect(stacked.parameters[1].stackedAxis).toBe(1);
  });
});
