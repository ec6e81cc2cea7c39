// Says of itself what is none of the protocol's number formats.
import { claims, converse } from './honest.mjs';

const implementation = { ...claims.implementation, dtype: 'float16' };
converse(
  () => undefined,
  ({ seq }) => ({ seq, ...claims, implementation }),
);
