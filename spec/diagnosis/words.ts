/**
 * A diagnosis in words.
 *
 * @module
 */
import type { Diagnosis } from './diagnose.ts';
import type { Failed } from './dependence.ts';
import type { Likeness } from './likeness.ts';
import type { RulingRecord } from './rulings.ts';

/** A sentence each: where to begin, what follows from it, and which mistake looks the same. */
export function sayDiagnosis({ failures, like }: Diagnosis): string[] {
  const [first] = failures;
  const following = failures.filter(({ follows }) => follows.length > 0);
  const causes = [...new Set(following.flatMap(({ follows }) => follows))];
  return [
    ...(failures.length > 1 ? [`begin with ${first.id}`] : []),
    ...(following.length > 0
      ? [`${following.length} of these ${failures.length} ${verb(following)} from ${someOf(causes)}`]
      : []),
    ...sayLikeness(like),
  ];
}

/** Two with the same answers are said together. */
function sayLikeness(like: readonly Likeness[]): string[] {
  if (like.length === 0) return [];
  const [{ checks }] = like;
  const names = like.map(({ mutant }) => `“${mutant}”`).join(' and as does ');
  return [`as does ${names} (${checks} of ${checks} checks agree)`];
}

/** What a failure may follow from. */
export function sayCauses({ follows }: Failed): string | undefined {
  return follows.length === 0 ? undefined : `perhaps from ${someOf(follows)}`;
}

/** The ruling behind a failure, and what can be chosen instead. */
export function sayRuling({ link, question, says, others }: RulingRecord): string {
  const instead = others === 'none' ? '' : ` Instead: ${others}`;
  return `${link}: ${question} Here: ${says}${instead}`;
}

function verb(failures: readonly unknown[]): string {
  return failures.length === 1 ? 'follows' : 'follow';
}

const MOST_NAMED = 2;

function someOf(ids: readonly string[]): string {
  if (ids.length <= MOST_NAMED) return ids.join(' and ');
  return `${ids.slice(0, MOST_NAMED).join(', ')} and ${ids.length - MOST_NAMED} more`;
}
