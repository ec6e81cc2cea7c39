// Takes sixteen requests in one message, and has the fault that it is told to have: on its own, and in the middle of a batch.
import { createInterface } from 'node:readline';
import { claims, isTrigger, respond, say } from './honest.mjs';

const fault = process.argv.at(-1);

function answer(request) {
  const { output, skip, error } = respond(request);
  if (output === undefined || !isTrigger(request)) return { output, skip, error };
  if (fault === 'dies') process.exit(7);
  if (fault === 'misshapen') return { output: { overlap: 'abc' } };
  return fault === 'wrong' ? { output: { overlap: 7 } } : { output };
}

function answerAll({ seq, requests }) {
  const answers = requests.map(answer);
  if (fault === 'refuses') return { seq, error: { kind: 'invalid-input', message: 'a batch?' } };
  return { seq, answers: fault === 'leaves-one-out' ? answers.slice(1) : answers };
}

for await (const line of createInterface({ input: process.stdin })) {
  const request = JSON.parse(line);
  if (request.cmd === 'stop') break;
  if (request.cmd === 'start') say({ seq: request.seq, ...claims, version: 2, batch: 16 });
  else if (request.cmd === 'batch') say(answerAll(request));
  else say({ seq: request.seq, ...answer(request) });
}
