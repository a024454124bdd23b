import type { Context, GlobalOptions } from './commands/command.js'
import { chosenLanguage } from './messages/chosen.js'
import { render, say, type Language } from './messages/message.js'
import { isHelp, makeProgram, type Run } from './program.js'
import { toJson, visible, visibleLines } from './messages/visible.js'

/* EXIT.interrupted: known before anything is loaded. */
const INTERRUPTED = 130

/** A stream that is printed on. */
interface Output {
  write: (content: string | Uint8Array) => unknown
  isTTY?: boolean
  columns?: number
}

/** What the program sees of the world around it. */
export interface World {
  stdout: Output
  stderr: Output
  environment: Record<string, string | undefined>
  /** The folder that relative names are seen from. */
  cwd: string
  /** Milliseconds since 1970, UTC. */
  clock: () => number
  /** Asks who sits before the terminal; undefined where nobody does. */
  ask?: ((question: string) => Promise<boolean>) | undefined
  /** Tells a listener when the program is to stop. */
  onInterrupt?: (listener: () => void) => void
}

/** Runs the program as this process: its streams, its environment, its exit status. */
export async function start(): Promise<void> {
  const { argv, env, stdin, stdout, stderr } = process
  const ask = stdin.isTTY && stderr.isTTY ? askOnTerminal : undefined
  stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  process.exitCode = await main(argv.slice(2), {
    stdout,
    stderr,
    environment: env,
    cwd: process.cwd(),
    clock: Date.now,
    ask,
    onInterrupt: stopOnSignals(),
  })
}

/** Ends this process at a signal, at once where nobody asked to hear of it first, and at the second one. */
function stopOnSignals(): (listener: () => void) => void {
  const listeners: (() => void)[] = []
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => {
      if (listeners.length === 0) process.exit(INTERRUPTED)
      for (const listener of listeners.splice(0)) listener()
    })
  return (listener) => void listeners.push(listener)
}

/** Runs the program: builds it from the commands, and is the one place that catches and prints. Returns the exit status. */
export async function main(argv: readonly string[], world: World): Promise<number> {
  let status = 0
  const language = chosenLanguage(argv, world.environment, world.cwd)
  const wantsJson = argv.includes('--format=json') || argv[argv.indexOf('--format') + 1] === 'json'
  const run: Run = async (command, args, options) => {
    status = await command.run(contextOf(world, options), args, options)
  }
  const print = (text: string): void => void world.stdout.write(text)
  const program = makeProgram(language, run, { print, width: widthOf(world) })
  try {
    if (argv.includes('--version') || argv.includes('-V')) {
      const { VERSION } = await import('./version.js')
      print(`${VERSION}\n`)
    } else if (argv.length === 0) {
      print(program.helpInformation())
      status = 2
    } else await program.parseAsync(argv[0] === 'help' ? [...argv.slice(1), '--help'] : [...argv], { from: 'user' })
  } catch (error) {
    status = await explain(error, wantsJson, language, world)
  }
  return status
}

/** The columns there are to print in: what is read by a program or goes into a file has no end. */
const widthOf = ({ stdout, environment }: World): number =>
  stdout.columns ?? (Number(environment.COLUMNS) || (stdout.isTTY ? 80 : Infinity))

function contextOf(world: World, options: GlobalOptions & Record<string, unknown>): Context {
  const { stdout, stderr, environment, cwd, clock } = world
  const isTerminal = stdout.isTTY === true
  return {
    out: (content, isPainted) => stdout.write(typeof content === 'string' ? visibleLines(content, isPainted) : content),
    say: (text) => (options.quiet ? undefined : stderr.write(visibleLines(text))),
    warn: (text) => stderr.write(visibleLines(text)),
    progress: (text) =>
      stderr.isTTY && !options.quiet ? stderr.write(`\r\u001b[K${visible(text).slice(0, (stderr.columns ?? 80) - 1)}`) : undefined,
    ask: world.ask,
    onInterrupt: (listener) => world.onInterrupt?.(listener),
    width: widthOf(world),
    color: isTerminal && options.color !== false && !environment.NO_COLOR && environment.TERM !== 'dumb',
    isTerminal,
    now: () => new Date(clock() + 7 * 3_600_000).toISOString().slice(0, 19).replace('T', ' '),
    cwd,
    environment,
  }
}

async function explain(error: unknown, isJson: boolean, language: Language, { stderr, environment }: World): Promise<number> {
  if (isHelp(error)) return 0
  const { EXIT, ToolError } = await import('./errors.js')
  if (error instanceof ToolError) {
    const { describeError } = await import('./commands/options.js')
    stderr.write(isJson ? `${toJson({ error: error.asJson(language) })}\n` : visibleLines(describeError(error, language)))
    return error.exitStatus
  }
  const problem = (error instanceof Error ? error.message : String(error)).split('\n')[0]!
  const text = `${render(say('usage.fault', { problem }), language)}\n   ${render(say('usage.report_fault'), language)}\n`
  stderr.write(
    isJson ? `${toJson({ error: { code: 'internal', message: problem, hint: null, place: null, details: null } })}\n` : visibleLines(text),
  )
  if (environment.CCHC_DEBUG && error instanceof Error) stderr.write(`${error.stack}\n`)
  return EXIT.fault
}

async function askOnTerminal(question: string): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises')
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  const answer = await terminal.question(`${question} `).finally(() => terminal.close())
  return /^(y|yes|c|có|co)$/i.test(answer.normalize('NFC').trim())
}
