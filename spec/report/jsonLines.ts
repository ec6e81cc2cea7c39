/**
 * A run as JSON Lines, the source of every other report, and back.
 *
 * @module
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { wrong } from '../../src/errors.ts';
import { RECORD_VERSION } from '../conform/record.ts';
import type { CheckRecord, ConformanceRecord, ConformanceRun, EndRecord, StartRecord } from '../conform/record.ts';
import { encode, parseLine } from '../wire/json.ts';
import { RECORD_SCHEMA } from './schema.ts';

const ajv = new Ajv2020({ strict: false });
const isStart = ajv.compile<StartRecord>(RECORD_SCHEMA.$defs.start);
const isCheck = ajv.compile<CheckRecord>(RECORD_SCHEMA.$defs.check);
const isEnd = ajv.compile<EndRecord>(RECORD_SCHEMA.$defs.end);

/** One record as its line, without the line's end. */
export function renderRecord(record: ConformanceRecord): string {
  return encode(record);
}

/** A run, one record a line. */
export function renderJsonLines({ start, checks, end }: ConformanceRun): string {
  return [start, ...checks, end].map((record) => `${renderRecord(record)}\n`).join('');
}

/**
 * Reads a run.
 *
 * @param where - the stream's name, for messages.
 * @throws InvalidInput for a line that is no record, records out of order, and a stream that was cut off.
 */
export function parseJsonLines(text: string, where = 'records'): ConformanceRun {
  const lines = text.split('\n').filter((line, i, all) => line !== '' || i < all.length - 1);
  const records = lines.map((line, i) => parseLine(line, `${where}:${i + 1}`));
  const [first, ...others] = records;
  if (first === undefined || !isStart(first)) throw misfit(`${where}:1`, 'a record of type start', first, isStart);
  const last = others.pop();
  if (last === undefined || typeOf(last) !== 'end') {
    const count = records.filter((record) => typeOf(record) === 'check').length;
    throw wrong(
      where,
      'a last record of type end',
      `a stream that was cut off after ${count} of ${first.checks} checks`,
    );
  }
  if (!isEnd(last)) throw misfit(`${where}:${lines.length}`, 'a record of type end', last, isEnd);
  const checks = others.map((record, i): CheckRecord => {
    if (isCheck(record)) return record;
    throw misfit(`${where}:${i + 2}`, 'a record of type check', record, isCheck);
  });
  if (checks.length !== first.checks) throw wrong(where, `${first.checks} checks`, checks.length);
  return { start: first, checks, end: last };
}

function typeOf(record: unknown): unknown {
  return typeof record === 'object' && record !== null && 'type' in record ? record.type : undefined;
}

function misfit(where: string, expected: string, record: unknown, validate: ValidateFunction): Error {
  if (typeof record === 'object' && record !== null && 'recordVersion' in record) {
    const { recordVersion } = record;
    if (recordVersion !== RECORD_VERSION) {
      return wrong(`${where}: recordVersion`, `version ${RECORD_VERSION}`, JSON.stringify(recordVersion));
    }
  }
  const fault = validate.errors?.[0];
  if (fault === undefined) return wrong(where, expected, record === undefined ? 'nothing' : JSON.stringify(record));
  const field = fault.instancePath.slice(1).replaceAll('/', '.');
  return wrong(field === '' ? where : `${where}: ${field}`, expected, `one that ${fault.message ?? 'is none'}`);
}
