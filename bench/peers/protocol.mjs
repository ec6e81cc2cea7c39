// What a peer answers, one JSON object a line: first what it is, then one answer for each request on stdin.
//
//   {"do":"matmul","m":…,"k":…,"n":…,"kind":"NN"|"NT"|"TN","count":…}   → {"ok":true}
//   {"do":"step"|"t5step","file":PATH}                                  → {"loss":…}, at the weights of the file
//   {"do":"round","milliseconds":…,"least":…}                           → {"times":[…]}, of one call each, in milliseconds
//
// A request that fails is answered with {"error":…}. When stdin ends, the peer ends.
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';

/** A sample of fast work holds many calls, so that the clock's grain does not count. */
const LEAST_SAMPLE_MS = 1;

/** Answers requests until stdin ends. `prepare` holds, by request, what makes the work: { run, drop, answer }. */
export async function serve(hello, prepare) {
  const say = (answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
  let work = null;
  say(hello);
  for await (const line of createInterface({ input: process.stdin })) {
    try {
      const request = JSON.parse(line);
      if (request.do === 'round') {
        say({ times: await time(work, request.milliseconds, request.least) });
      } else {
        work?.drop();
        work = null;
        work = await prepare[request.do](request);
        say({ ok: true, ...work.answer });
      }
    } catch (error) {
      say({ error: String(error?.message ?? error) });
    }
  }
}

/** Milliseconds of one call, sample by sample, for as long as was asked. The first round finds how many calls a sample has. */
async function time(work, milliseconds, least) {
  const end = performance.now() + milliseconds;
  const times = [];
  if (work.repeat === undefined) {
    await work.run();
    const begin = performance.now();
    await work.run();
    times.push(performance.now() - begin);
    work.repeat = Math.max(1, Math.ceil(LEAST_SAMPLE_MS / times[0]));
  }
  while (times.length < least || performance.now() < end) {
    const begin = performance.now();
    for (let i = 0; i < work.repeat; i++) await work.run();
    times.push((performance.now() - begin) / work.repeat);
  }
  return times;
}
