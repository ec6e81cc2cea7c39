// Fails inside on every question.
import { converse, respond, say } from './honest.mjs';

const fail = ({ seq }) => ({ seq, error: { kind: 'internal', message: "No module named 'numpy'" } });
converse(
  (request) => say(fail(request)),
  (request) => (request.op === 'overlap' ? fail(request) : respond(request)),
);
