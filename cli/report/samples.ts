/**
 * Test rows and what each method answered: short answers side by side, long ones below each other.
 *
 * @module
 */
import { nothingToDraw } from './figure.ts';
import { html, type Html } from '../../html/markup.ts';
import type { ReportInput, Sample } from './input.ts';
import { table } from '../../html/table.ts';

const CAPTION = 'Sample rows of the test split';
/** Columns of answers longer than this (in characters) cannot be read side by side. */
const LONGEST_CELL = 20;
const NO_BREAK = '\u00a0';

/** What is told of an answer: a share is of right answers, points are not counted by right and wrong. */
type Judge = (answer: string, sample: Sample) => Html;

/** All samples. */
export function sampleTable({ samples, metricScale }: Pick<ReportInput, 'samples' | 'metricScale'>): Html {
  if (samples.length === 0) return nothingToDraw('No sample rows were recorded.');
  const methods = [...new Set(samples.flatMap(({ answers }) => Object.keys(answers)))];
  const judge = metricScale === 'share' ? markRight : asIs;
  const texts = samples.flatMap(({ expected, answers }) => [expected, ...Object.values(answers)]);
  const isLong = texts.some((text) => text.length > LONGEST_CELL);
  return isLong ? stacked(samples, methods, judge) : sideBySide(samples, methods, judge);
}

/** A row a sample, a column a method. */
function sideBySide(samples: readonly Sample[], methods: readonly string[], judge: Judge): Html {
  return table(
    CAPTION,
    [{ heading: 'Text' }, { heading: 'Expected' }, ...methods.map((heading) => ({ heading }))],
    samples.map((sample) => [
      sample.text,
      sample.expected,
      ...methods.map((method) => answerOf(sample, method, judge)),
    ]),
  );
}

/** A group of rows a sample: its text, what is expected, then a row a method. */
function stacked(samples: readonly Sample[], methods: readonly string[], judge: Judge): Html {
  return html`<table class="stacked">
    <caption>
      ${CAPTION}
    </caption>
    ${samples.map(
      (sample) =>
        html`<tbody>
          <tr>
            <th colspan="2" scope="rowgroup">${sample.text}</th>
          </tr>
          ${line('expected', html`<em>${sample.expected}</em>`)}
          ${methods.map((method) => line(method, answerOf(sample, method, judge)))}
        </tbody>`,
    )}
  </table>`;
}

function line(heading: string, cell: Html): Html {
  return html`<tr>
    <th scope="row">${heading}</th>
    <td>${cell}</td>
  </tr>`;
}

function answerOf(sample: Sample, method: string, judge: Judge): Html {
  if (!Object.hasOwn(sample.answers, method)) return html`–`;
  const answer = sample.answers[method];
  return answer === '' ? html`<span class="faint">(nothing)</span>` : judge(answer, sample);
}

function markRight(answer: string, { expected, references }: Sample): Html {
  const right = (references ?? [expected]).includes(answer);
  return html`<span class="${right ? 'right' : 'wrong'}"
    ><span aria-hidden="true">${right ? '✓' : '✗'}</span>${NO_BREAK}${answer}</span
  >`;
}

function asIs(answer: string): Html {
  return html`${answer}`;
}
