/**
 * Small safetensors files, right and wrong: what has to be settled about the format, one question each, and random
 * mixtures of the answers. What the Python library makes of each stands in safetensorsVerdicts.json.
 *
 * @module
 */
import fc from 'fast-check';

/** A file of a header and so many bytes of data, whose values are 1, 2, 3, … */
export interface SmallFile {
  /** The header as it is written, spaces and all. */
  readonly header: string;
  readonly data: number;
  /** The length that the file gives the header; its true one where absent. */
  readonly length?: number;
}

/** The file's bytes. */
export function bytesOf({ header, data, length }: SmallFile): Uint8Array {
  const text = new TextEncoder().encode(header);
  const file = new Uint8Array(8 + text.length + data);
  new DataView(file.buffer).setBigUint64(0, BigInt(length ?? text.length), true);
  file.set(text, 8);
  for (let i = 0; i < data; i++) file[8 + text.length + i] = i + 1;
  return file;
}

const file = (header: string, data: number, length?: number): SmallFile =>
  length === undefined ? { header, data } : { header, data, length };

/** A header of one tensor "a", two bytes as U8 unless the fields say otherwise; each field is JSON as it is written. */
function one(fields: Readonly<Record<string, string>>, name = '"a"'): string {
  const all = { dtype: '"U8"', shape: '[2]', data_offsets: '[0,2]', ...fields };
  const written = Object.entries(all).filter(([, value]) => value !== '');
  return `{${name}:{${written.map(([field, value]) => `"${field}":${value}`).join(',')}}}`;
}

/** A header of U8 vectors at these places. */
function places(...offsets: readonly (readonly [number, number])[]): string {
  const entries = offsets.map(
    ([begin, end], i) => `"${'abcdef'[i]}":{"dtype":"U8","shape":[${end - begin}],"data_offsets":[${begin},${end}]}`,
  );
  return `{${entries.join(',')}}`;
}

const TYPES = [
  ...['BOOL', 'U8', 'I8', 'U16', 'I16', 'F16', 'BF16', 'U32', 'I32', 'F32', 'U64', 'I64', 'F64'],
  ...['F8_E4M3', 'F8_E5M2', 'F8_E8M0', 'F8_E4M3FNUZ', 'F8_E5M2FNUZ', 'F4', 'F6_E2M3', 'F6_E3M2', 'C64', 'C128'],
  ...['f32', 'float32', '', 'F128', 'constructor', 'I4'],
] as const;

const NUMBERS = [
  '1.0',
  '1e0',
  '10e-1',
  '-0',
  '-1',
  '01',
  '+1',
  '"1"',
  'null',
  'true',
  '1.5',
  '[1]',
  'NaN',
  '1E0',
  '0x1',
];
const GREAT = [
  '9007199254740991',
  '9007199254740993',
  '18446744073709551615',
  '18446744073709551616',
  '1e300',
  '-1e300',
];

const QUESTIONS: readonly SmallFile[] = [
  // how long the header is
  ...[0, 1, 2, 3, 2 ** 32, 2 ** 53, 100_000_000, 100_000_001].map((length) => file('{}', 0, length)),
  file('{}', 3, 3),
  file('{"__metadata__":{}}', 2, 19),
  // what may stand around it
  ...[
    '',
    ' {}',
    '\n{}',
    '\ufeff{}',
    '{} ',
    '{}\n',
    '{}\t\r',
    '{}\0',
    '{}x',
    '{},',
    '[]',
    'null',
    '"a"',
    '{',
    '{}{}',
    '{"a":}',
  ].map((header) => file(header, 0)),
  file(`${one({})}     `, 2),
  file(one({}).replaceAll(',', ' , '), 2),
  // metadata
  ...[
    'null',
    '{}',
    '[]',
    '{"a":"b"}',
    '{"a":1}',
    '{"a":null}',
    '{"a":{}}',
    '"x"',
    '{"a":"b","a":"c"}',
    '{"":""}',
    '1',
    'true',
  ].map((value) => file(`{"__metadata__":${value}}`, 0)),
  file(`{"__metadata__":{"a":"b"},${one({}).slice(1)}`, 2),
  file(`${one({}).slice(0, -1)},"__metadata__":{"a":"b"}}`, 2),
  file('{"__metadata__":{"a":"b"},"__metadata__":{"c":"d"}}', 0),
  file('{"__metadata__":null,"__metadata__":null}', 0),
  file('{"\\u005f_metadata__":{"a":"b"}}', 0),
  file('{"__metadata__":{"dtype":"U8","shape":[2],"data_offsets":[0,2]}}', 2),
  // names
  ...[
    '""',
    '"__proto__"',
    '"12"',
    '"\\u0061"',
    '"\\ud83d\\ude00"',
    '"\\ud83d"',
    '"a\\u0000"',
    '"a\nb"',
    '"a/b"',
    "'a'",
    'a',
    '1',
  ].map((name) => file(one({}, name), 2)),
  file(`{${one({}).slice(1, -1)},${one({}).slice(1)}`, 2),
  file(`{${one({}).slice(1, -1)},${one({ shape: '[1,2]' }).slice(1)}`, 2),
  file(`{${one({}).slice(1, -1)},${one({}, '"\\u0061"').slice(1)}`, 2),
  file(`{${one({}).slice(1, -1)},${one({ data_offsets: '[2,4]' }).slice(1)}`, 4),
  file(`{"a":1,${one({}).slice(1)}`, 2),
  // a tensor's fields
  ...['1', 'null', '{}', '[]', '"x"', '["U8",[2],[0,2]]', '["U8",[2],[0,2],1]', '["U8",[2]]', '[["U8"],[2],[0,2]]'].map(
    (value) => file(`{"a":${value}}`, 2),
  ),
  file(one({ dtype: '' }), 2),
  file(one({ shape: '' }), 2),
  file(one({ data_offsets: '' }), 2),
  ...['1', 'null', '{}', '"cpu"', '[[[]]]'].map((value) => file(one({ other: value }), 2)),
  ...[125, 126].map((depth) => file(one({ other: '['.repeat(depth) + ']'.repeat(depth) }), 2)),
  ...['1e300', '1e999', '-1e999', '01', '1.', '"\\ud83d"', '"\\x"', 'NaN'].map((value) =>
    file(one({ other: value }), 2),
  ),
  file(one({ '\\ud83d': '1' }), 2),
  file(one({ other: '1,"other":2' }), 2),
  file(one({ dtype: '"U8","dtype":"U8"' }), 2),
  file(one({ dtype: '"U8","dtype":"I8"' }), 2),
  file(one({ shape: '[2],"shape":[2]' }), 2),
  file(one({ data_offsets: '[0,2],"data_offsets":[0,2]' }), 2),
  file(one({ 'd\\u0074ype': '"U8"' }), 2),
  file(one({ Dtype: '"U8"' }), 2),
  file(one({ dtype: '', 'd\\u0074ype': '"U8"' }), 2),
  // types, as vectors of four elements in so many bytes
  ...TYPES.flatMap((type) =>
    [1, 2, 3, 4, 8, 16, 32].map((bytes) =>
      file(one({ dtype: `"${type}"`, shape: '[4]', data_offsets: `[0,${bytes}]` }), bytes),
    ),
  ),
  ...[1, 3].flatMap((n) =>
    [0, 1, 2, 3].map((bytes) => file(one({ dtype: '"F4"', shape: `[${n}]`, data_offsets: `[0,${bytes}]` }), bytes)),
  ),
  ...['{"U8":null}', '{"U8":[]}', '["U8"]', 'null', '1'].map((dtype) => file(one({ dtype }), 2)),
  // shapes
  ...NUMBERS.map((n) => file(one({ shape: `[${n}]`, data_offsets: '[0,1]' }), 1)),
  ...GREAT.map((n) => file(one({ shape: `[${n}]` }), 2)),
  ...GREAT.map((n) => file(one({ shape: `[${n},0]`, data_offsets: '[0,0]' }), 0)),
  ...GREAT.map((n) => file(one({ shape: `[0,${n}]`, data_offsets: '[0,0]' }), 0)),
  ...['[4294967296,4294967296]', '[4294967296,4294967296,0]', '[0,4294967296,4294967296]', '[2305843009213693952]'].map(
    (shape) => file(one({ dtype: '"F64"', shape, data_offsets: '[0,0]' }), 0),
  ),
  ...['[]', 'null', '{}', '2', '"2"', '[2,1]', '[1,2,1]', '[[2]]', '[2,]', '{"0":2}'].map((shape) =>
    file(one({ shape }), 2),
  ),
  file(one({ shape: '[]', data_offsets: '[0,1]' }), 1),
  file(one({ shape: '[0]', data_offsets: '[0,0]' }), 0),
  file(one({ shape: `[${'1,'.repeat(40)}2]` }), 2),
  file(one({ shape: '[-0]', data_offsets: '[0,0]' }), 0),
  file(one({ data_offsets: '[-0,2]' }), 2),
  file('{"__metadata__":{"a":"\\ud83d"}}', 0),
  // offsets
  ...NUMBERS.map((n) => file(one({ shape: '[1]', data_offsets: `[0,${n}]` }), 1)),
  ...GREAT.map((n) => file(one({ data_offsets: `[0,${n}]` }), 2)),
  ...GREAT.map((n) => file(one({ shape: '[0]', data_offsets: `[${n},${n}]` }), 0)),
  ...[
    '[]',
    '[0]',
    '[0,2,2]',
    '[2,0]',
    '[0,0]',
    '[0,1]',
    '[0,3]',
    '[1,3]',
    '{}',
    '{"0":0,"1":2}',
    'null',
    '[[0,2]]',
  ].map((data_offsets) => file(one({ data_offsets }), 3)),
  file(one({}), 1),
  file(one({}), 0),
  file(one({}), 3),
  file('{}', 1),
  file(places([0, 2], [2, 4]), 4),
  file(places([2, 4], [0, 2]), 4),
  file(places([0, 2], [3, 4]), 4),
  file(places([0, 2], [1, 4]), 4),
  file(places([0, 2], [0, 2]), 2),
  file(places([0, 4], [1, 2]), 4),
  file(places([1, 2]), 2),
  file(places([0, 0]), 0),
  file(places([1, 1]), 1),
  file(places([0, 0], [0, 0]), 0),
  file(places([0, 0], [0, 2], [2, 2], [2, 4], [4, 4]), 4),
  file(places([0, 2], [1, 1]), 2),
  file(places([1, 1], [0, 2]), 2),
  file(places([0, 2], [0, 0]), 2),
  file(places([0, 2], [2, 2]), 2),
  file(places([2, 2], [0, 2]), 2),
  file(places([0, 2], [5, 5]), 2),
  // elements that do not begin at a multiple of their size
  file('{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"b":{"dtype":"F32","shape":[1],"data_offsets":[1,5]}}', 5),
  file('{"b":{"dtype":"F64","shape":[1],"data_offsets":[0,8]} }', 8),
];

/** JSON of one thing, mostly right. */
const mostly = (right: string, ...others: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: fc.constantFrom(...others) });

const anyEntry = fc
  .record({
    type: fc.constantFrom(['U8', 1], ['F16', 2], ['F32', 4], ['F4', 0.5], ['F6_E2M3', 0.75] as const),
    shape: fc.array(fc.nat({ max: 2 }), { maxLength: 2 }),
    name: fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('"a"', '"b"', '"c"', '"d"') },
      { weight: 1, arbitrary: fc.constantFrom('"__metadata__"', '"\\u0061"') },
    ),
    order: fc.shuffledSubarray([0, 1, 2, 3], { minLength: 3 }),
    shift: fc.oneof({ weight: 10, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(-1, 1) }),
  })
  .chain(({ type: [type, size], shape, ...rest }) => {
    const length = shape.reduce((product, n) => product * n, size);
    return fc.record({
      length: fc.constant(length),
      rest: fc.constant(rest),
      type: mostly(`"${type}"`, '"u8"', 'null', '["U8"]'),
      shape: mostly(JSON.stringify(shape), 'null', '[1.0]', `[${shape.join()},1]`.replace('[,', '['), '[-1]'),
      other: mostly('"format":"pt"', '"dtype":"U8"', '"shape":[]', '"x":null', '"data_offsets":[0,0]'),
    });
  });

/** A header of up to three tensors that lie one after the other, unless something about one of them is off. */
const anyFile: fc.Arbitrary<SmallFile> = fc
  .record({
    entries: fc.array(anyEntry, { maxLength: 3 }),
    before: mostly('', '"__metadata__":{"format":"pt"}', '"__metadata__":null', '"__metadata__":{}'),
    after: mostly('', ' ', '\n', '\0', ','),
    extra: fc.oneof({ weight: 10, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constantFrom(-1, 1) }),
  })
  .map(({ entries, before, after, extra }) => {
    let at = 0;
    const written = entries.map(({ length, rest: { name, order, shift }, type, shape, other }) => {
      const begin = at;
      at += Math.ceil(length);
      const fields = [`"dtype":${type}`, `"shape":${shape}`, `"data_offsets":[${begin},${at + shift}]`, other];
      return `${name}:{${order.map((i) => fields[i]).join(',')}}`;
    });
    const all = before === '' ? written : [before, ...written];
    return { header: `{${all.join(',')}}${after}`, data: Math.max(0, at + extra) };
  });

/** All of them; always the same. */
export function smallFiles(): readonly SmallFile[] {
  const all = [...QUESTIONS, ...fc.sample(anyFile, { seed: 15, numRuns: 400 })];
  return [...new Map(all.map((each) => [JSON.stringify(each), each])).values()];
}
