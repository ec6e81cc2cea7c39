/**
 * Measures the peak memory of a T5 1.1 of 77 million parameters and puts it into docs/performance/memory.md:
 * `npm run t5-memory`. Takes a minute and some gigabytes.
 *
 * @module
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { measureT5Memory, PAIRS, TOKENS } from './t5/memory.ts';
import { fillSection } from '../html/section.ts';

const PAGE = 'docs/performance/memory.md';

const { parameters, peakBytes } = await measureT5Memory();
const size = (bytes: number): string => `${(bytes / 1e9).toFixed(2)} GB`;
const words =
  `Fine-tuning a T5 1.1 of the small size (${(parameters / 1e6).toFixed(1)} million parameters) with DST takes ` +
  `**${size(peakBytes)}** at its most, the whole process (${PAIRS} pairs a step, ${TOKENS} tokens a side; ` +
  `${size(6 * 4 * parameters)} of it are the six vectors). ` +
  `Measured on ${new Date().toISOString().slice(0, 10)}: ${cpus()[0]?.model ?? 'unknown processor'}, Node ${process.versions.node}.`;
writeFileSync(PAGE, fillSection(readFileSync(PAGE, 'utf8'), 't5-memory', words, PAGE));
console.log(words);
