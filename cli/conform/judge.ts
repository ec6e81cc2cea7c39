/**
 * A conformance run from the smoke check to the last report.
 *
 * @module
 */
import { appendFileSync, writeFileSync } from 'node:fs';
import { asGoldenLaws } from '../../spec/conform/golden.ts';
import { formatKnown } from '../../spec/conform/known.ts';
import type { Known } from '../../spec/conform/known.ts';
import { RECORD_VERSION } from '../../spec/conform/record.ts';
import type { ConformanceRecord, ConformanceRun } from '../../spec/conform/record.ts';
import { runConformance } from '../../spec/conform/run.ts';
import { settle, smoke } from '../../spec/conform/smoke.ts';
import type { SmokeFailure } from '../../spec/conform/smoke.ts';
import { LAWS } from '../../spec/laws/all.ts';
import type { Law } from '../../spec/laws/law.ts';
import { renderRecord } from '../../spec/report/jsonLines.ts';
import { describeStop } from '../../spec/wire/program.ts';
import { createRemote } from '../../spec/wire/remote.ts';
import { Session } from '../../spec/wire/session.ts';
import { writeAtomically } from '../../src/files/atomic.ts';
import { describeCall } from '../hint.ts';
import { Interrupted } from '../io.ts';
import type { Io } from '../io.ts';
import { packageVersion } from '../package.ts';
import { createProgress } from '../progress.ts';
import type { Progress } from '../progress.ts';
import { readGolden, saveFailures } from './golden.ts';
import { readReasons } from './options.ts';
import type { ConformOptions } from './options.ts';
import { createTranscript } from './transcript.ts';
import type { Track, Transcript } from './transcript.ts';
import { writeReports, writeText } from './reports.ts';

interface Request {
  readonly laws: readonly Law[];
  readonly program: readonly string[];
  readonly options: ConformOptions;
  readonly skip: Known;
  readonly expected: Known;
  readonly io: Io;
}

export async function judge({
  laws,
  program,
  options,
  skip,
  expected,
  io,
}: Request): Promise<ConformanceRun | SmokeFailure> {
  // Read before anything is asked: a file that cannot be read is not to be replaced.
  const reasons = new Map([
    ...(options.writeXfail === undefined ? [] : readReasons(options.writeXfail, LAWS)),
    ...expected,
  ]);
  const transcript = createTranscript(options.transcript);
  const progress = createProgress(io, options.quiet === true);
  const jobs = Array.from({ length: options.jobs }, () => openJob(program, options, transcript));
  const [{ session }] = jobs;
  const abort = (): void => void abortAll(jobs);
  io.signal.addEventListener('abort', abort);
  try {
    const capabilities = await smoke(session);
    if (io.signal.aborted) throw new Interrupted(STOPPED);
    if ('message' in capabilities) return capabilities;
    const [first, ...others] = jobs.map((job) => ({
      implementation: createRemote(job.session, capabilities),
      settle: () => settle(job.session),
      wrote: (input: object) => job.session.wroteOn(input),
      ahead: { most: () => job.session.ahead, giveUp: () => job.session.waitForEach() },
    }));
    const { vectors, runs, seed } = options;
    const asked = vectors === undefined ? laws : asGoldenLaws(laws, readGolden(vectors, capabilities), runs);
    const run = await runConformance({
      ...first,
      others,
      laws: asked,
      skip,
      expected,
      calledAs: io.calledAs,
      start: {
        recordVersion: RECORD_VERSION,
        protocolVersion: session.version,
        kitVersion: packageVersion(),
        date: new Date().toISOString(),
        implementation: capabilities,
        command: program,
        runs,
        seed,
        paperOnly: options.paperOnly === true,
        available: LAWS.length,
      },
      ...(options.path === undefined ? {} : { path: options.path }),
      ...(vectors === undefined ? {} : { replay: ({ id }) => vectorsLine(io, vectors, id, program), shrinks: false }),
      timeLimitMs: options.timeLimit * 1000,
      timeoutMs: options.timeoutMs,
      signal: io.signal,
      now: () => performance.now(),
      onBegin: (law, index, job) => {
        jobs[job].track.begin(index, law.id);
        progress.update('conform', { done: index, total: asked.length, note: law.id });
      },
      onRecord: recordWriter(options.json, io),
      failFast: options.failFast === true,
    });
    if (run === undefined) throw new Interrupted(STOPPED);
    const lost = options.save === undefined ? [] : await saveFailures(options.save, run, laws, first.implementation);
    for (const job of jobs) await end(job.session, progress);
    progress.finish('conform', `${asked.length} checks`);
    for (const id of lost) progress.say(`${id}: no vector kept, as its right answers are too many to write down`);
    if (!isStdout(options.json)) await writeText(run, io);
    await writeReports(run, options);
    if (options.writeXfail !== undefined) writeAtomically(options.writeXfail, formatKnown(run.checks, reasons));
    return run;
  } finally {
    io.signal.removeEventListener('abort', abort);
    await abortAll(jobs);
    transcript.write();
  }
}

const STOPPED = 'stopped; the program under test has been ended';

/** A start of the program, and what is written down of it. */
interface Job {
  readonly session: Session;
  readonly track: Track;
}

function openJob(
  command: readonly string[],
  { timeoutMs, startTimeoutMs, inFlight }: ConformOptions,
  transcript: Transcript,
): Job {
  const track = transcript.track();
  return { track, session: new Session({ command, timeoutMs, startTimeoutMs, inFlight, onLine: track.add }) };
}

async function abortAll(jobs: readonly Job[]): Promise<void> {
  await Promise.all(jobs.map(({ session }) => session.abort()));
}

/** Stops the program; what it does wrong then is no check's, but is said. */
async function end(session: Session, progress: Progress): Promise<void> {
  const { isRunning } = session;
  const ending = await session.stop();
  if (isRunning && ending?.code !== 0)
    progress.say(`after stop: expected the program to exit with 0, got ${describeStop(ending)}`);
  const { leftBehind } = session;
  if (leftBehind > 0) progress.say(`the program left ${leftBehind} processes behind; they have been ended`);
}

/** A vector is asked again with all of its check: they have no path. */
function vectorsLine(io: Io, folder: string, id: string, program: readonly string[]): string {
  return describeCall(io, ['conform', '--vectors', folder, '--checks', id, '--', ...program]);
}

function isStdout(json: string | true | undefined): json is true | '-' {
  return json === true || json === '-';
}

/** Records go out as they come, so that a run that is cut off shows how far it got. */
function recordWriter(json: string | true | undefined, io: Io): (record: ConformanceRecord) => void {
  if (json === undefined) return () => undefined;
  if (isStdout(json)) return (record) => void io.stdout.write(`${renderRecord(record)}\n`);
  writeFileSync(json, '');
  return (record) => appendFileSync(json, `${renderRecord(record)}\n`);
}
