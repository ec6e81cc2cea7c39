/**
 * What a generator is: a row of the table in all.ts.
 *
 * @module
 */

/** Files by their path from the root, each with its whole text. */
export type Pages = ReadonlyMap<string, string>;

/** The pages that are not there as they are made. `read` gives undefined for one that is missing. */
export function findOld(pages: Pages, read: (path: string) => string | undefined): Pages {
  return new Map([...pages].filter(([path, text]) => read(path) !== text));
}

/** What makes pages. */
export interface Generator {
  /** Its name: `npm run generate -- NAME`. */
  readonly name: string;
  /** What it makes, in words. */
  readonly makes: string;
  /**
   * `repository`: the pages follow from what is committed, so that a call without a name makes them, and `--check` holds them.
   * `machine`: something is measured, run or installed for them; they are made by name alone.
   */
  readonly from: 'repository' | 'machine';
  /** The arguments after the name, as a usage line has them; nothing if there are none. */
  readonly usage?: string;
  /** @throws Error if what the pages are made from has a hole, or an argument is missing. */
  readonly pages: (args: readonly string[]) => Pages | Promise<Pages>;
}
