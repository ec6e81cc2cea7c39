// Answers with an output and an error at once.
import { converse, respond, say } from './honest.mjs';

converse((request) => say({ ...respond(request), error: { kind: 'internal', message: 'and yet' } }));
