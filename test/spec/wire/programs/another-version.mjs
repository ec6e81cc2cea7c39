// Speaks another version of the protocol.
import { claims, converse, respond } from './honest.mjs';

converse(
  () => undefined,
  (request) => (request.cmd === 'start' ? { seq: request.seq, ...claims, version: 3 } : respond(request)),
);
