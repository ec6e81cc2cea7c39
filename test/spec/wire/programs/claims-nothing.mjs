// Claims no operation.
import { claims, converse } from './honest.mjs';

converse(
  () => undefined,
  ({ seq }) => ({ seq, ...claims, ops: [] }),
);
