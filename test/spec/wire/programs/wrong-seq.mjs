// Answers under the number of the request before.
import { converse, respond, say } from './honest.mjs';

converse((request) => say({ ...respond(request), seq: request.seq - 1 }));
