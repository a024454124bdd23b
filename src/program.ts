import { Command as Commander, CommanderError, Option } from 'commander'

import { COMMANDS } from './commands/commands.js'
import type { Command, GlobalOptions } from './commands/command.js'
import { nearest, ToolError } from './errors.js'
import { either, isKey, listed, render, say, type Language, type Message } from './messages/message.js'

const GLOBAL: readonly (readonly [string, Message])[] = [
  ['--db <file>', say('help.db')],
  ['--config <file>', say('help.config_file')],
  ['--lang <language>', say('help.lang')],
  ['--as-of <day>', say('help.as_of')],
  ['--quiet', say('help.quiet')],
  ['--verbose', say('help.verbose')],
  ['--no-color', say('help.no_color')],
]

/** The titles that commander puts above the parts of help, as it calls them. */
const TITLES: Record<string, Message> = {
  'Usage:': say('help.title_usage'),
  'Arguments:': say('help.title_arguments'),
  'Options:': say('help.title_options'),
  'Commands:': say('help.title_commands'),
}

/* Help is as wide as this where there is no terminal. */
const HELP_WIDTH = 80

/** What is done with a command that was understood. */
export type Run = (command: Command, args: string[], options: GlobalOptions & Record<string, unknown>) => Promise<void>

/** The program with its commands and options, in a language; help is printed in `width` columns. What can't be followed is a ToolError, usage; help ends in an error that `isHelp`. */
export function makeProgram(
  language: Language,
  run: Run,
  { print, width }: { print?: (text: string) => void; width?: number } = {},
): Commander {
  const inWords = (message: Message): string => render(message, language)
  const inside = (flags: string): string =>
    flags.replace(/([<[])([\w|]+)/g, (_, open: string, names: string) => open + wordsFor(names, language))
  const program = new Cli('cchc')
    .description(inWords(say('help.program')))
    .usage(inside('[options] [command]'))
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      ...(print ? { writeOut: print } : {}),
      getOutHelpWidth: () => (width === undefined || width === Infinity ? HELP_WIDTH : width),
      getOutHasColors: () => false,
    })
    .configureHelp({
      styleTitle: (title) => (TITLES[title] ? inWords(TITLES[title]) : title),
      optionDescription: (option) => option.description,
      subcommandTerm: (command) => `${command.name()} ${command.usage()}`.trimEnd(),
    })
    .option('-V, --version', inWords(say('help.version')))
    .helpOption('-h, --help', inWords(say('help.help_option')))
    .helpCommand(inside('help [command]'), inWords(say('help.help_command')))
    .addHelpText('after', `\n${inWords(say('help.exit_statuses'))}`)
  for (const [flags, description] of GLOBAL) program.addOption(heard(new Option(inside(flags), inWords(description))))
  for (const command of COMMANDS) {
    const taken = command.arguments ?? ''
    const sub = program
      .command(command.name)
      .description(inWords(command.summary))
      .usage(inside(`[options] ${taken}`.trimEnd()))
      .helpOption('-h, --help', inWords(say('help.help_option')))
    if (taken) sub.argument(inside(taken))
    for (const [flags, description, often] of command.options ?? []) {
      const option = new Option(inside(flags), inWords(description))
      option.variadic = flags.includes('...')
      sub.addOption(heard(option, often))
    }
    const formats = command.formats ?? ['table']
    const format = new Option(inside('--format <format>'), inWords(say('help.format', { all: listed(formats), first: formats[0]! })))
    sub.addOption(heard(format.argParser((text) => oneOf(text, formats))))
    for (const [flags, description] of GLOBAL) sub.addOption(heard(new Option(inside(flags), inWords(description))))
    if (command.examples)
      sub.addHelpText('after', `\n${inWords(say('help.title_examples'))}\n${command.examples.map((line) => `  ${line}`).join('\n')}`)
    sub.action(async (...parameters: unknown[]) => {
      for (const option of program.options)
        assertSame(option, program.getOptionValue(option.attributeName()), sub.getOptionValue(option.attributeName()))
      const options = {
        ...program.opts(),
        ...sub.opts(),
        color: program.opts().color !== false && sub.opts().color !== false,
      } as GlobalOptions & Record<string, unknown>
      const args = parameters
        .slice(0, -2)
        .flat()
        .filter((one): one is string => typeof one === 'string')
      await run(command, args, options)
    })
  }
  return program
}

/** Whether what was thrown only says that help was printed. */
export const isHelp = (error: unknown): boolean => error instanceof CommanderError && error.exitCode === 0

/** An option of which nothing is dropped in silence: given often, its values are gathered where they may be, and must be the same where not. */
function heard(option: Option, often?: 'often'): Option {
  if (option.variadic || !(option.required || option.optional)) return option
  const read = option.parseArg ?? ((text: string) => text)
  return option.argParser((text, before: unknown) => {
    if (often) return [...((before as string[] | undefined) ?? []), read(text, undefined)]
    assertSame(option, before, text)
    return read(text, undefined)
  })
}

/** Error: usage, where an option is given two values. */
function assertSame({ long, flags }: Option, first: unknown, second: unknown): void {
  if (typeof first !== 'string' || typeof second !== 'string' || first === second) return
  throw new ToolError('usage', say('asked.given_twice', { flag: long ?? flags, first, second }), { hint: say('asked.give_once') })
}

/** The words that stand in `<…>` in help. */
function wordsFor(names: string, language: Language): string {
  const words = names.split('|').map((name) => {
    const key = `help.arg_${name}`
    return isKey(key) ? render({ key, values: {} }, language) : name
  })
  return words.join('|')
}

function oneOf(text: string, allowed: readonly string[]): string {
  if (allowed.includes(text)) return text
  throw new ToolError('usage', say('usage.not_a_value', { flag: '--format', text }), {
    hint: say('usage.one_of', { all: listed(allowed) }),
  })
}

/** Says what commander finds wrong in our words: it calls these for each fault. */
class Cli extends Commander {
  override createCommand(name?: string): Cli {
    return new Cli(name)
  }

  unknownOption(flag: string): never {
    const known = [this, ...(this.parent ? [this.parent] : [])].flatMap(({ options }) => options.map(({ long }) => long ?? ''))
    throw this.problem(say('usage.unknown_option', { flag }), nearest(flag, new Set([...known, '--help'])))
  }

  unknownCommand(): never {
    const [name = ''] = this.args
    const names = COMMANDS.map((command) => command.name)
    throw this.problem(say('usage.unknown_command', { name }), nearest(name, [...names, 'help']))
  }

  missingArgument(name: string): never {
    throw this.problem(say('usage.missing_argument', { name }))
  }

  optionMissingArgument({ flags }: Option): never {
    throw this.problem(say('usage.missing_value', { flags }))
  }

  _excessArguments(all: readonly string[]): never {
    const [command, most] = [this.name(), this.registeredArguments.length]
    throw this.problem(
      most === 0
        ? say('usage.no_arguments', { command, all: listed(all) })
        : say('usage.too_many_arguments', { command, most, n: all.length, all: listed(all) }),
    )
  }

  private problem(says: Message, like: readonly string[] = []): ToolError {
    const help = this.parent ? say('usage.see_help_of', { command: this.name() }) : say('usage.see_help')
    return new ToolError('usage', says, { hint: like.length > 0 ? say('usage.did_you_mean', { like: either(like) }) : help })
  }
}
