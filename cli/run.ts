/**
 * The command as a function: arguments in, exit code out. It loads nothing but the one command that was asked for.
 *
 * @module
 */
import { Command, CommanderError, Help } from 'commander';
import { InvalidInput, nearestName, unknownName, visible } from '../src/errors.ts';
import { COMMANDS, type Definition } from './commands.ts';
import { reportFailure } from './failure.ts';
import { describeCall } from './hint.ts';
import { Interrupted, type Io, type StopHint } from './io.ts';
import { packageVersion } from './package.ts';
import { describeStop } from './stop.ts';

/**
 * Runs one call of the command.
 *
 * @param argv - the arguments after `dst`.
 * @returns the exit code; see {@link exitCodeOf}.
 */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  // dst help train is dst train --help
  const words = argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv;
  const name = words.find((word) => !word.startsWith('-'));
  let hint: StopHint | undefined;
  const told: Io = {
    ...io,
    argv,
    onStop(newest) {
      hint = newest;
      io.onStop?.(newest);
    },
  };
  const wanted = COMMANDS.find((definition) => definition.name === name);
  const program = createProgram(io);
  try {
    for (const definition of COMMANDS) await addCommand(program, definition, told, definition === wanted);
    io.signal.throwIfAborted();
    if (name !== undefined && wanted === undefined) throw unknownCommand(name);
    await program.parseAsync([...words], { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      // what stands before the command's name is read as the program's
      const called = words[0] === name ? program.commands.find((command) => command.name() === name) : undefined;
      return reportFailure(inOurGrammar(error, called ?? program, io), io);
    }
    const stopped = error === io.signal.reason ? 'stopped' : error instanceof Interrupted ? error.message : undefined;
    return reportFailure(stopped === undefined ? error : new Interrupted(describeStop(stopped, hint)), io);
  }
}

function createProgram(io: Io): Command {
  const program = new Command('dst')
    .description('Dynamic Subset Tuning: fine-tune a model by changing only a small subset of its parameters.')
    .version(packageVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .addHelpText('after', OVERVIEW);
  return settle(program, io);
}

const OVERVIEW = `
Examples:
  dst demo                                                      the main job: compare full fine-tuning with DST
  dst generate --model runs/latest --prompt "a large cat"       ask the model that it tuned
  dst train --task supersense --method dst --epsilon 0.01       one method of your choice
  dst inspect runs/latest/subset.safetensors                    where the changed parameters are

Results go to stdout, messages to stderr; --json gives one JSON object.
Exit codes: 0 done, 1 a check failed, 2 wrong call or input, 3 environment, 4 a defect of dst, 130 stopped.
`;

async function addCommand(program: Command, definition: Definition, io: Io, whole: boolean): Promise<void> {
  const command = program.command(definition.name).description(definition.summary);
  settle(command, io);
  if (whole) (await definition.load()).define(command, io);
}

const STANDARD_HELP = new Help();

/** Errors are thrown and not printed; help goes through `io`. */
function settle(command: Command, io: Io): Command {
  return command
    .exitOverride()
    .showSuggestionAfterError(false)
    .configureOutput({
      writeOut: (text) => void io.stdout.write(text),
      writeErr: () => undefined,
      getOutHelpWidth: () => io.stdout.columns ?? 100,
    })
    .configureHelp({
      optionDescription: (option) =>
        `${STANDARD_HELP.optionDescription(option)}${option.mandatory ? ' (required)' : ''}`,
    });
}

function unknownCommand(name: string): InvalidInput {
  return unknownName(
    'command',
    COMMANDS.map(({ name }) => name),
    name,
  );
}

/** Commander's complaint as `where: expected X, got Y`, with the nearest word if there is one. */
function inOurGrammar(error: CommanderError, command: Command, io: Io): InvalidInput {
  const where = command.parent === null ? 'command' : command.name();
  const quoted = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  const hint = `; see ${describeCall(io, [...(command.parent === null ? [] : [where]), '--help'])}`;
  const meant = (names: readonly string[]): string => {
    const nearest = nearestName(names, quoted);
    return nearest === undefined ? '' : ` (did you mean "${nearest}"?)`;
  };
  switch (error.code) {
    case 'commander.unknownOption': {
      const options = command.options.map(({ long, short }) => long ?? short ?? '');
      const expected = command.parent === null ? 'a command before its options' : 'a known option';
      return new InvalidInput(`${where}: expected ${expected}, got "${visible(quoted)}"${meant(options)}${hint}`);
    }
    case 'commander.help':
      return new InvalidInput(`${where}: expected a command, got none${hint}`);
    case 'commander.missingArgument':
      return new InvalidInput(`${where}: expected <${quoted}>, got nothing${hint}`);
    case 'commander.optionMissingArgument':
      return new InvalidInput(`${where}: expected a value for ${quoted}, got nothing${hint}`);
    case 'commander.missingMandatoryOptionValue':
      return new InvalidInput(`${where}: expected ${quoted}, got nothing${hint}`);
    case 'commander.excessArguments': {
      const first = command.args[command.registeredArguments.length] ?? '';
      return new InvalidInput(`${where}: expected no further argument, got "${visible(first)}"${hint}`);
    }
    default:
      return new InvalidInput(`${where}: ${error.message.replace(/^error: /, '')}`);
  }
}
