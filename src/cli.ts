import { Command as Program, CommanderError, Option } from 'commander'

import { COMMANDS } from './commands/commands.js'
import type { Command, Context, GlobalOptions } from './commands/command.js'
import { chosenLanguage } from './messages/chosen.js'
import type { Language } from './messages/message.js'

const GLOBAL: readonly (readonly [string, string])[] = [
  ['--db <file>', 'the store (default: cchc.duckdb beside cchc.yaml, or here)'],
  ['--config <file>', 'the project file (default: cchc.yaml, found upwards)'],
  ['--lang <language>', 'vi or en (default: the system’s, else en)'],
  ['--as-of <day>', 'judge as on this day (default: today)'],
  ['--quiet', 'print the result and errors only'],
  ['--verbose', 'say more'],
  ['--no-color', 'no colours (also NO_COLOR)'],
]

/** Runs the program: builds it from the commands, and is the one place that catches, prints and exits. */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  let status = 0
  const language = chosenLanguage(argv, process.env, process.cwd())
  const wantsJson = argv.includes('--format=json') || argv[argv.indexOf('--format') + 1] === 'json'
  const program = new Program('cchc')
    .description('KPI of administrative reform: dossier exports and surveys in, figures against the plan out')
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ writeErr: (text) => (wantsJson ? undefined : process.stderr.write(text)) })
    .option('-V, --version', 'print the version')
    .addHelpText(
      'after',
      '\nExit statuses: 0 done · 1 our fault · 2 usage · 3 input not acceptable · 4 target missed · 5 store busy · 6 data missing or stale · 130 interrupted',
    )
  for (const [flags, description] of GLOBAL) program.option(flags, description)
  for (const command of COMMANDS) {
    const sub = program.command(command.name).description(command.summary)
    if (command.arguments) sub.argument(command.arguments)
    for (const [flags, description] of command.options ?? []) sub.option(flags, description)
    const formats = command.formats ?? ['table']
    sub.addOption(new Option('--format <format>', `${formats.join(', ')} (default: ${formats[0]})`).choices(formats))
    for (const [flags, description] of GLOBAL) sub.option(flags, description)
    if (command.examples) sub.addHelpText('after', `\nExamples:\n${command.examples.map((line) => `  ${line}`).join('\n')}`)
    sub.action(async (...parameters: unknown[]) => {
      const options = {
        ...program.opts(),
        ...sub.opts(),
        color: program.opts().color !== false && sub.opts().color !== false,
      } as GlobalOptions & Record<string, unknown>
      const args = parameters
        .slice(0, -2)
        .flat()
        .filter((one): one is string => typeof one === 'string')
      status = await command.run(contextOf(command, options), args, options)
    })
  }
  try {
    if (argv.includes('--version') || argv.includes('-V')) {
      const { VERSION } = await import('./version.js')
      process.stdout.write(`${VERSION}\n`)
    } else if (argv.length === 0) {
      process.stdout.write(program.helpInformation())
      status = 2
    } else await program.parseAsync(argv, { from: 'user' })
  } catch (error) {
    status = await explain(error, wantsJson, language)
  }
  process.exitCode = status
}

function contextOf(_command: Command, options: GlobalOptions & Record<string, unknown>): Context {
  const { env } = process
  const isTerminal = process.stdout.isTTY === true
  return {
    out: (content) => process.stdout.write(content),
    say: (text) => (options.quiet ? undefined : process.stderr.write(text)),
    warn: (text) => process.stderr.write(text),
    progress: (text) =>
      process.stderr.isTTY && !options.quiet
        ? process.stderr.write(`\r\u001b[K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`)
        : undefined,
    width: process.stdout.columns ?? (Number(env.COLUMNS) || 80),
    color: isTerminal && options.color !== false && !env.NO_COLOR && env.TERM !== 'dumb',
    isTerminal,
    now: () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
    cwd: process.cwd(),
    environment: env,
  }
}

async function explain(error: unknown, isJson: boolean, language: Language): Promise<number> {
  if (error instanceof CommanderError) {
    if (isJson && error.exitCode !== 0)
      process.stderr.write(
        `${JSON.stringify({ error: { code: 'usage', message: error.message, hint: null, place: null, details: null } })}\n`,
      )
    return error.exitCode === 0 ? 0 : 2
  }
  const { EXIT, ToolError } = await import('./errors.js')
  if (error instanceof ToolError) {
    const { describeError } = await import('./commands/options.js')
    process.stderr.write(isJson ? `${JSON.stringify({ error: error.toJSON(language) })}\n` : describeError(error, language))
    return error.exitStatus
  }
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(
    isJson
      ? `${JSON.stringify({ error: { code: 'internal', message } })}\n`
      : `cchc failed, and that is our fault: ${message.split('\n')[0]}\n   please report it with the command and the files\n`,
  )
  if (process.env.CCHC_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  return EXIT.fault
}
