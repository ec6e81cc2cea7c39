// Refuses to start in any version but the first.
import { converse, respond, say } from './honest.mjs';

converse(
  (request) => say(respond(request)),
  (request) =>
    request.cmd === 'start' && request.version !== 1
      ? { seq: request.seq, error: { kind: 'invalid-input', message: 'version: expected 1' } }
      : respond(request),
);
