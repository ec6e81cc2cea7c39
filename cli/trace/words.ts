/**
 * An event of a step as text for people.
 *
 * @module
 */
import type { JsonList, JsonNumber, TraceEvent } from '../../src/dst/trace.ts';

/** Numbers of a list that are shown. */
const SHOWN = 12;
/** Digits of a number that are shown. */
const DIGITS = 5;

/** The event: its step, its equation, the silo if it has one, and a line for each value. */
export function describeEvent({ step, anchor, title, kind, silo, values }: TraceEvent): string {
  const where = silo === null ? '' : `, silo ${silo}`;
  const width = Math.max(...Object.keys(values).map((name) => name.length));
  const lines = Object.entries(values).map(([name, value]) => `  ${name.padEnd(width)}  ${inWords(value)}\n`);
  return `step ${step}, ${kind} (${anchor}: ${title})${where}\n${lines.join('')}\n`;
}

function inWords(value: JsonNumber | JsonList): string {
  if (typeof value !== 'object') return shorten(value);
  const first = 'first' in value ? value.first : value;
  const rest = value.length > SHOWN ? ` … ${value.length} in all` : '';
  return `[${first.slice(0, SHOWN).map(shorten).join(', ')}]${rest}`;
}

function shorten(x: JsonNumber): string {
  return typeof x === 'number' ? String(Number(x.toPrecision(DIGITS))) : x;
}
