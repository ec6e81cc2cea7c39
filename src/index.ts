/**
 * Everything that the package offers, part by part, the paper first. Importing it does no work: kernels, tables and files
 * are made and read when asked for. A function that is added to one of its parts needs a row of kinds in src/checked/ and a
 * right call in test/project/calls/.
 *
 * @packageDocumentation
 */
export * from './entries/dst.ts';
export * from './entries/models.ts';
export * from './entries/files.ts';
export * from './entries/train.ts';
