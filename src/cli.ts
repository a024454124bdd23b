import type { Command, Context, GlobalOptions } from './commands/command.js'
import { chosenLanguage } from './messages/chosen.js'
import { render, say, type Language } from './messages/message.js'
import { isHelp, makeProgram } from './program.js'

/** Runs the program: builds it from the commands, and is the one place that catches, prints and exits. */
export async function main(argv: readonly string[]): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  let status = 0
  const language = chosenLanguage(argv, process.env, process.cwd())
  const wantsJson = argv.includes('--format=json') || argv[argv.indexOf('--format') + 1] === 'json'
  const program = makeProgram(language, async (command, args, options) => {
    status = await command.run(contextOf(command, options), args, options)
  })
  try {
    if (argv.includes('--version') || argv.includes('-V')) {
      const { VERSION } = await import('./version.js')
      process.stdout.write(`${VERSION}\n`)
    } else if (argv.length === 0) {
      process.stdout.write(program.helpInformation())
      status = 2
    } else await program.parseAsync(argv[0] === 'help' ? [...argv.slice(1), '--help'] : [...argv], { from: 'user' })
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
    ask: process.stdin.isTTY && process.stderr.isTTY ? askOnTerminal : undefined,
    width: process.stdout.columns ?? (Number(env.COLUMNS) || 80),
    color: isTerminal && options.color !== false && !env.NO_COLOR && env.TERM !== 'dumb',
    isTerminal,
    now: () => new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
    cwd: process.cwd(),
    environment: env,
  }
}

async function explain(error: unknown, isJson: boolean, language: Language): Promise<number> {
  if (isHelp(error)) return 0
  const { EXIT, ToolError } = await import('./errors.js')
  if (error instanceof ToolError) {
    const { describeError } = await import('./commands/options.js')
    process.stderr.write(isJson ? `${JSON.stringify({ error: error.toJSON(language) })}\n` : describeError(error, language))
    return error.exitStatus
  }
  const problem = (error instanceof Error ? error.message : String(error)).split('\n')[0]!
  const text = `${render(say('usage.fault', { problem }), language)}\n   ${render(say('usage.report_fault'), language)}\n`
  process.stderr.write(
    isJson ? `${JSON.stringify({ error: { code: 'internal', message: problem, hint: null, place: null, details: null } })}\n` : text,
  )
  if (process.env.CCHC_DEBUG && error instanceof Error) process.stderr.write(`${error.stack}\n`)
  return EXIT.fault
}

async function askOnTerminal(question: string): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`${question} `).finally(() => terminal.close())
  return /^(y|yes|c|có|co)$/i.test(answer.normalize('NFC').trim())
}
