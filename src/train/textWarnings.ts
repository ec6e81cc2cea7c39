/**
 * What a model's tokenizer makes of a task's texts: what it cannot read or say is refused, or told of.
 *
 * @module
 */
import { findLabelWarnings } from '../data/labelWarnings.ts';
import { nameOfRow, rowWithLabel, SPLITS, type Example, type Split, type TaskData } from '../data/task.ts';
import { wrong } from '../errors.ts';
import { encodePart } from '../text/document.ts';
import type { Tokenizer } from '../text/tokenizer.ts';
import { trimSpaces } from '../text/whiteSpace.ts';
import { spellLabels } from './spelling.ts';
import type { TextModel } from './textModel.ts';

/** How many of a kind are named. */
const MOST = 3;

/**
 * Checks labels and texts before anything is made of them.
 *
 * @param splits - whose texts are read; labels are those of all.
 * @returns warnings: labels that are suspicious or are others to the tokenizer, texts of which it knows nothing or that it
 * takes to end before they do, and how much of the answers it cannot say, where any text can be one.
 * @throws InvalidInput naming file and line of a text or an answer that has no tokens, and as {@link spellLabels}.
 */
export function checkTexts(model: TextModel, task: TaskData, splits: readonly Split[] = SPLITS): string[] {
  return [
    ...findLabelWarnings(task),
    ...findOtherLabels(model, task),
    ...splits.flatMap((split) => checkSplit(model.tokenizer, task, split)),
  ];
}

function findOtherLabels(model: TextModel, task: TaskData): string[] {
  const others = [...spellLabels(model, task)].filter(([spelling, label]) => spelling !== label);
  const named = others
    .slice(0, MOST)
    .map(
      ([spelling, label]) =>
        `the tokenizer makes "${spelling}" of the label "${label}" (${rowWithLabel(task, label)}): that is what counts as it`,
    );
  return others.length > MOST ? [...named, `${others.length - MOST} more labels are others to the tokenizer`] : named;
}

function checkSplit(tokenizer: Tokenizer, task: TaskData, split: Split): string[] {
  const { unknown, end } = tokenizer;
  // What has a token for everything reads and says every text.
  if (unknown === null) return [];
  const rows = task[split];
  const texts = rows.map((row, i) => encodeSide(tokenizer, row, 'text', () => nameOfRow(rows, i, split)));
  const answers = rows.map((row, i) => encodeSide(tokenizer, row, 'label', () => nameOfRow(rows, i, split)));
  const tell = (isMeant: (i: number) => boolean, words: (count: number) => string): string[] => {
    const meant = [...rows.keys()].filter(isMeant);
    return meant.length === 0 ? [] : [`${words(meant.length)}, first ${nameOfRow(rows, meant[0], split)}`];
  };
  const isStrange = (i: number): boolean => texts[i].includes(unknown) && trimSpaces(tokenizer.decode(texts[i])) === '';
  const tokens = answers.reduce((sum, answer) => sum + answer.length, 0);
  const lacking = answers.reduce((sum, answer) => sum + answer.filter((id) => id === unknown).length, 0);
  return [
    ...tell(
      isStrange,
      (count) => `${split}: the tokenizer has a token for nothing in ${count} of ${rows.length} texts`,
    ),
    ...tell(
      (i) => texts[i].includes(end) || answers[i].includes(end),
      (count) =>
        `${split}: the token that ends a text is spelt in ${count} of ${rows.length} rows, which end there for the model`,
    ),
    // Classes are told of by name.
    ...(task.labels.length > 0
      ? []
      : tell(
          (i) => answers[i].includes(unknown),
          (count) =>
            `${split}: the tokenizer lacks ${lacking} of the answers' ${tokens} tokens (${percent(lacking / tokens)}), ` +
            `which cannot be learnt or said, in ${count} of ${rows.length} rows`,
        )),
  ];
}

function encodeSide(tokenizer: Tokenizer, row: Example, side: 'text' | 'label', where: () => string): Int32Array {
  const tokens = encodePart(tokenizer, row[side]);
  if (tokens.length === 0) throw wrong(where(), `a ${side} of which the tokenizer leaves something`, row[side]);
  return tokens;
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
