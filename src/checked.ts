/**
 * The package's entry: all of index.ts, and before each function a look at the kinds of what it is given. A compiler has
 * done that for TypeScript; a program in JavaScript is told `where: expected X, got Y` instead of a wrong number later.
 * Behind this door, what is inside the package calls functions as they are. The page, `paper`, is formulas alone: it refuses nothing.
 *
 * @module
 */
export * from './checked/entries/dst.ts';
export * from './checked/entries/models.ts';
export * from './checked/entries/files.ts';
export * from './checked/entries/train.ts';
