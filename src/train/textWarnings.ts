/**
 * What a model's tokenizer makes of a task's texts: what it cannot read or say is refused, or told of.
 *
 * @module
 */
import { findLabelWarnings } from '../data/labelWarnings.ts';
import { nameOfRow, rowWithLabel, SPLITS, type Split, type TaskData } from '../data/task.ts';
import { wrong } from '../errors.ts';
import { encodePart } from '../text/document.ts';
import type { Tokenizer } from '../text/tokenizer.ts';
import { trimSpaces } from '../text/whiteSpace.ts';
import { spellLabels } from './spelling.ts';
import type { TextModel } from '../models/textModel.ts';

/** How many of a kind are named. */
const MOST = 3;

/**
 * Checks labels and texts before anything is made of them.
 *
 * @param splits - whose texts are read; labels are those of all.
 * @returns warnings: labels that are suspicious or are others to the tokenizer, texts of which it knows nothing or that it
 * takes to end before they do, and how much of the answers it cannot say, if any text can be one.
 * @throws InvalidInput naming file and line of a text or an answer that has no tokens, and as {@link spellLabels}.
 */
export function checkTexts(model: TextModel, task: TaskData, splits: readonly Split[] = SPLITS): string[] {
  return [
    ...findLabelWarnings(task),
    ...findOtherLabels(model, task),
    ...splits.flatMap((split) => checkSplit(model.tokenizer, task, split)),
  ];
}

/**
 * Checks a text that is asked alone.
 *
 * @param where - what it is called in messages.
 * @returns a warning if the tokenizer knows nothing of it.
 * @throws InvalidInput if it has no tokens.
 */
export function checkPrompt({ tokenizer }: TextModel, text: string, where: string): string[] {
  const tokens = requireTokens(tokenizer, text, where);
  return isStrange(tokenizer, tokens) ? [`${where}: the tokenizer has a token for nothing in "${text}"`] : [];
}

function findOtherLabels(model: TextModel, task: TaskData): string[] {
  const others = [...spellLabels(model, task)].filter(([spelling, label]) => spelling !== label);
  if (others.length === 0) return [];
  const named = others
    .slice(0, MOST)
    .map(([spelling, label]) => `"${spelling}" of the label "${label}" (${rowWithLabel(task, label)})`);
  const more = others.length > MOST ? `, and others of ${others.length - MOST} more` : '';
  return [`the tokenizer makes ${named.join(', ')}${more}: such answers count as the labels`];
}

function checkSplit(tokenizer: Tokenizer, task: TaskData, split: Split): string[] {
  const { unknown, end } = tokenizer;
  // What has a token for everything reads and says every text.
  if (unknown === null) return [];
  const rows = task[split];
  const texts = rows.map(({ text }, i) => requireTokens(tokenizer, text, nameOfRow(rows, i, split)));
  const answers = rows.map(({ label }, i) => requireTokens(tokenizer, label, nameOfRow(rows, i, split)));
  const tell = (isMeant: (i: number) => boolean, words: (those: string) => string): string[] => {
    const meant = [...rows.keys()].filter(isMeant);
    const those = `${meant.length} of ${rows.length} rows`;
    return meant.length === 0 ? [] : [`${split}: ${words(those)}, first ${nameOfRow(rows, meant[0], split)}`];
  };
  const tokens = answers.reduce((sum, answer) => sum + answer.length, 0);
  const lacking = answers.reduce((sum, answer) => sum + answer.filter((id) => id === unknown).length, 0);
  return [
    ...tell(
      (i) => isStrange(tokenizer, texts[i]),
      (those) => `the tokenizer has a token for nothing in the text of ${those}`,
    ),
    ...tell(
      (i) => texts[i].includes(end) || answers[i].includes(end),
      (those) => `the token that ends a text is spelt in ${those}, which end there for the model`,
    ),
    ...tell(
      // Classes are told of by name.
      (i) => task.labels.length === 0 && answers[i].includes(unknown),
      (those) =>
        `the tokenizer lacks ${lacking} of the answers' ${tokens} tokens (${percent(lacking / tokens)}), ` +
        `which cannot be learnt or said, in ${those}`,
    ),
  ];
}

function requireTokens(tokenizer: Tokenizer, text: string, where: string): Int32Array {
  const tokens = encodePart(tokenizer, text);
  if (tokens.length === 0) throw wrong(where, 'a text of which the tokenizer leaves something', text);
  return tokens;
}

/** Whether nothing is known of a text but that it is there. */
function isStrange(tokenizer: Tokenizer, tokens: Int32Array): boolean {
  const { unknown } = tokenizer;
  return unknown !== null && tokens.includes(unknown) && trimSpaces(tokenizer.decode(tokens)) === '';
}

function percent(share: number): string {
  return `${Number((100 * share).toPrecision(2))} %`;
}
