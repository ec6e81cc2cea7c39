/**
 * The peak memory of a T5 1.1 of 77 million parameters, measured, in docs/performance/memory.md.
 *
 * @module
 */
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fillSection } from '../../html/section.ts';
import type { Pages } from '../generate/generator.ts';
import { measureT5Memory, PAIRS, TOKENS } from './memory.ts';

const PAGE = 'docs/performance/memory.md';

export async function memoryPages(): Promise<Pages> {
  const { parameters, peakBytes } = await measureT5Memory();
  const size = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;
  const words =
    `Fine-tuning a T5 1.1 of the small size (${(parameters / 1e6).toFixed(1)} million parameters) with DST takes ` +
    `**${size(peakBytes)}** at its most. ` +
    `That is the whole process, with ${PAIRS} pairs a step and ${TOKENS} tokens a side; ${size(6 * 4 * parameters)} of it are the six vectors. ` +
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}.`;
  return new Map([[PAGE, fillSection(readFileSync(PAGE, 'utf8'), 't5-memory', words, PAGE)]]);
}
