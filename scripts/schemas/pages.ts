/**
 * The JSON Schemas that others use (docs/conformance/schemas), from those that the code checks with.
 *
 * @module
 */
import { format } from 'prettier';
import { RECORD_SCHEMA } from '../../spec/report/schema.ts';
import { VECTOR_SCHEMA } from '../../spec/vectors/schema.ts';
import type { Pages } from '../generate/generator.ts';

export async function schemaPages(): Promise<Pages> {
  const pages = new Map<string, string>();
  for (const [name, schema] of Object.entries({ records: RECORD_SCHEMA, vectors: VECTOR_SCHEMA })) {
    const text = await format(JSON.stringify(schema), { parser: 'json', printWidth: 120 });
    pages.set(`docs/conformance/schemas/${name}.schema.json`, text);
  }
  return pages;
}
