/**
 * The test rows that a report shows, for a page: what each was, and what was answered before and after.
 *
 * @module
 */
import type { ReportInput, Sample } from '../../cli/report/input.ts';

/** One list a row: the text, the reference, then each method's answer. */
export function renderSamples({ samples }: ReportInput): string {
  return samples.map(renderSample).join('\n');
}

function renderSample({ text, expected, answers }: Sample, i: number): string {
  const given = Object.entries(answers).map(([method, answer]) => `   - ${method}: ${quote(answer)}`);
  return [`${i + 1}. *${text}*`, `   - reference: ${quote(expected)}`, ...given].join('\n');
}

/** What a model writes may be Markdown by accident. */
function quote(answer: string): string {
  return answer === '' ? '(nothing)' : `\`${answer.replaceAll('`', '’')}\``;
}
