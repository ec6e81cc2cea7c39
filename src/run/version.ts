/**
 * Which code this is.
 *
 * @module
 */

/** The version in package.json; a spec compares them. */
export const VERSION = '0.1.0';
