/**
 * Runs a program as an editor's debugger does: Node stops at its start, the breakpoints of a source file are set when its
 * script is there and has not run yet, and source maps tell which line of TypeScript is which line of the script.
 *
 * @module
 */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Inspector, type CallFrame, type Events, type Location } from './inspector.ts';

/** A line of a source file, by a text that stands on this line alone. */
export interface Place {
  readonly file: string;
  readonly text: string;
}

/** What a program came to. */
export interface Debugged {
  /** Where it stopped: for each place the calls that led there, the innermost first, each as `function file:line`. */
  readonly stops: readonly (readonly string[])[];
  readonly code: number | null;
  readonly output: string;
}

/** The line of a place, counted from 1. */
export function lineOf({ file, text }: Place, root: string): number {
  const lines = readFileSync(join(root, file), 'utf8').split('\n');
  const [line, ...others] = lines.flatMap((each, i) => (each.includes(text) ? [i + 1] : []));
  if (others.length > 0 || line === undefined) throw new Error(`${file}: expected ${text} once, got others`);
  return line;
}

/**
 * Starts Node with these arguments in the folder `root`, stops at each place in turn, and lets the program and its children
 * run to their end. The breakpoint of a place is set while the program stands at the place before.
 *
 * @param signal - ends it all.
 */
export async function debugProgram(
  root: string,
  argv: readonly string[],
  places: readonly Place[],
  signal: AbortSignal,
): Promise<Debugged> {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_|TEST$)/.test(name));
  // In the environment, so that child processes are waited for as well.
  const env = { ...Object.fromEntries(inherited), NODE_OPTIONS: '--inspect-brk=0' };
  const child = spawn(process.execPath, argv, { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  const walk = new Walk(root, places);
  let output = '';
  let talk = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((resolve, reject) => {
    const giveUp = (error: unknown): void => {
      if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
      reject(error instanceof Error ? error : new Error(String(error)));
    };
    signal.addEventListener('abort', () => giveUp(signal.reason));
    child.on('error', reject);
    child.on('close', (code) => resolve({ stops: walk.stops, code, output }));
    child.stderr.on('data', (chunk: Buffer) => {
      talk += chunk.toString();
      for (const [whole, url] of talk.matchAll(/Debugger listening on (ws:\S+)\n/g)) {
        talk = talk.replace(whole, '');
        walk.attach(url, giveUp).catch(giveUp);
      }
      // It has come to its end without a stop at every place.
      if (talk.includes('Waiting for the debugger to disconnect')) walk.leave();
    });
  });
}

interface Script {
  readonly scriptId: string;
  /** From the root. */
  readonly file: string;
  readonly map: SourceMap;
}

/** A process that is being debugged. */
interface Attached {
  readonly inspector: Inspector;
  readonly scripts: Map<string, Script>;
  /** The breakpoint before every script; undefined once it is not needed any more. */
  beforeScripts: string | undefined;
}

/** From place to place, in whichever of the processes the next one is. */
class Walk {
  readonly stops: (readonly string[])[] = [];
  readonly #root: string;
  readonly #places: readonly Place[];
  readonly #inspectors: Inspector[] = [];

  constructor(root: string, places: readonly Place[]) {
    this.#root = root;
    this.#places = places;
  }

  async attach(url: string, giveUp: (error: unknown) => void): Promise<void> {
    const scripts = new Map<string, Script>();
    const inspector = await Inspector.open(url, {
      scriptParsed: (event) => this.#note(scripts, event),
      paused: (event) => void this.#go(process, event).catch(giveUp),
    });
    const process: Attached = { inspector, scripts, beforeScripts: undefined };
    this.#inspectors.push(inspector);
    await inspector.call('Debugger.enable');
    const instrumentation = 'beforeScriptWithSourceMapExecution';
    const { breakpointId } = await inspector.call('Debugger.setInstrumentationBreakpoint', { instrumentation });
    process.beforeScripts = breakpointId;
    await inspector.call('Runtime.runIfWaitingForDebugger');
  }

  /** Lets all processes run on by themselves. */
  leave(): void {
    for (const inspector of this.#inspectors) inspector.close();
  }

  #note(scripts: Map<string, Script>, { scriptId, url, sourceMapURL = '' }: Events['scriptParsed']): void {
    const path = url.startsWith('file:') ? fileURLToPath(url) : url;
    const [, data] = /^data:application\/json;.*base64,(.*)$/.exec(sourceMapURL) ?? [];
    if (data === undefined || !path.startsWith(this.#root)) return;
    const map = new SourceMap(JSON.parse(Buffer.from(data, 'base64').toString()) as SourceMap['payload']);
    scripts.set(scriptId, { scriptId, file: relative(this.#root, path), map });
  }

  async #go(process: Attached, { reason, hitBreakpoints = [], callFrames }: Events['paused']): Promise<void> {
    const { inspector, scripts } = process;
    const isAtPlace = reason !== 'instrumentation' && hitBreakpoints.length > 0;
    if (isAtPlace) {
      this.stops.push(callFrames.flatMap((call) => describe(call, scripts)));
      for (const breakpointId of hitBreakpoints) await inspector.call('Debugger.removeBreakpoint', { breakpointId });
    }
    const next = this.#places.at(this.stops.length);
    if (next === undefined) {
      this.leave();
      return;
    }
    const script = isAtPlace
      ? [...scripts.values()].find(({ file }) => file === next.file)
      : scripts.get(callFrames[0].location.scriptId);
    if (script?.file === next.file) await this.#setBreakpoint(process, script, next);
    await inspector.call('Debugger.resume');
  }

  /** At the first place of the script that is of the wanted line. */
  async #setBreakpoint(process: Attached, script: Script, place: Place): Promise<void> {
    const { inspector, beforeScripts } = process;
    const line = lineOf(place, this.#root);
    const start = { scriptId: script.scriptId, lineNumber: 0, columnNumber: 0 };
    const { locations = [] } = await inspector.call('Debugger.getPossibleBreakpoints', { start });
    const location = locations.find((each) => originalLine(script, each) === line);
    if (location === undefined) throw new Error(`${place.file}:${line}: expected a place to stop, got none`);
    await inspector.call('Debugger.setBreakpoint', { location });
    // The breakpoints that follow are set while it stands at this one.
    if (beforeScripts !== undefined) await inspector.call('Debugger.removeBreakpoint', { breakpointId: beforeScripts });
    process.beforeScripts = undefined;
  }
}

/** A call as `function file:line`; nothing for those of other packages. */
function describe({ functionName, location }: CallFrame, scripts: ReadonlyMap<string, Script>): string[] {
  const script = scripts.get(location.scriptId);
  return script === undefined ? [] : [`${functionName} ${script.file}:${originalLine(script, location)}`.trim()];
}

/** Counted from 1. */
function originalLine({ map }: Script, { lineNumber, columnNumber = 0 }: Location): number | undefined {
  const entry = map.findEntry(lineNumber, columnNumber);
  return 'originalLine' in entry ? entry.originalLine + 1 : undefined;
}
