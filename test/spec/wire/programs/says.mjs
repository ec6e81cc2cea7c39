// Says of itself what its argument adds to the honest claims.
import { claims, converse, respond } from './honest.mjs';

const said = JSON.parse(process.argv[2]);
converse(
  (request) => process.stdout.write(`${JSON.stringify(respond(request))}\n`),
  (request) => (request.cmd === 'start' ? { seq: request.seq, ...claims, ...said } : respond(request)),
);
