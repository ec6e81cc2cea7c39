/**
 * JSON in ASCII, so that an editor loses no character of it.
 *
 * @module
 */

/** The same JSON, with every other character as its escape. */
export function toAscii(json: string): string {
  return json.replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
