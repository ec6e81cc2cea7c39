/**
 * Labels as a model can say them. A tokenizer may lack characters, or normalise them; what it makes of a label counts as
 * that label, for nothing else can be answered.
 *
 * @module
 */
import { referencesOf, rowWithLabel, type Example, type TaskData } from '../data/task.ts';
import { wrong } from '../errors.ts';
import type { TextModel } from '../models/textModel.ts';

/**
 * The labels of a task by what the model says for them.
 *
 * @throws InvalidInput naming a label of which the tokenizer leaves nothing, or two of which it makes the same, with their
 * files and lines.
 */
export function spellLabels(model: TextModel, task: TaskData): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const label of task.labels) {
    const spelling = model.spell(label);
    if (spelling === '')
      throw wrong(rowWithLabel(task, label), 'a label with something in it that the tokenizer can say', label);
    const other = labels.get(spelling);
    if (other !== undefined) {
      const first = `"${other}" (${rowWithLabel(task, other)})`;
      throw wrong(
        rowWithLabel(task, label),
        `a label that the tokenizer spells otherwise than ${first}, which it spells "${spelling}"`,
        label,
      );
    }
    labels.set(spelling, label);
  }
  return labels;
}

/** What was answered, as it is written in the task. */
export type AsWritten = (answer: string, example: Example) => string;

/**
 * The function that takes an answer for the label, or the right answer, that is spelt so; any other answer is left as it
 * is. A translation is never taken for another text: BLEU counts the words that were said.
 *
 * @throws InvalidInput as {@link spellLabels}.
 */
export function createAsWritten(model: TextModel, task: TaskData): AsWritten {
  if (task.metric === 'BLEU') return (answer) => answer;
  if (task.labels.length > 0) {
    const labels = spellLabels(model, task);
    return (answer) => labels.get(answer) ?? answer;
  }
  return (answer, example) => {
    const right = referencesOf(example);
    return right.includes(answer) ? answer : (right.find((text) => model.spell(text) === answer) ?? answer);
  };
}
