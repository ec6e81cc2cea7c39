/**
 * Writes the JSON Schemas that others use (docs/conformance/schemas) from those that the code checks with.
 *
 * @module
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { RECORD_SCHEMA } from '../spec/report/schema.ts';
import { VECTOR_SCHEMA } from '../spec/vectors/schema.ts';

const folder = new URL('../docs/conformance/schemas/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, schema] of Object.entries({ records: RECORD_SCHEMA, vectors: VECTOR_SCHEMA })) {
  const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 120 });
  writeFileSync(new URL(`${name}.schema.json`, folder), text);
}
