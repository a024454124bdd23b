import type { Definitions, Settings, Store } from '../index.js'
import { say, type Message } from '../messages/message.js'

/** What a command sees of the world: made once, in cli.ts. */
export interface Context {
  /** The result; what would steer a terminal is shown as a mark, colours too unless `isPainted`. */
  out: (content: string | Uint8Array, isPainted?: boolean) => void
  /** Everything that is not the result. Silent under --quiet. */
  say: (text: string) => void
  warn: (text: string) => void
  /** A line that the next one replaces: only on a terminal, and not under --quiet. An empty text clears it. */
  progress: (text: string) => void
  /** Puts a question to whoever sits at the terminal; absent where nobody does. Whether the answer is yes. */
  ask?: ((question: string) => Promise<boolean>) | undefined
  /** Columns of the terminal; Infinity where it is none and nobody says how many. */
  width: number
  color: boolean
  /** Whether standard output is a terminal. */
  isTerminal: boolean
  /** The clock, as local time in Viet Nam: `yyyy-MM-dd HH:mm:ss`. */
  now: () => string
  /** Hears when the program is to stop; what the command has under way is undone then. */
  onInterrupt: (listener: () => void) => void
  cwd: string
  environment: Record<string, string | undefined>
}

export interface GlobalOptions {
  db?: string
  config?: string
  lang?: string
  asOf?: string
  format?: string
  quiet?: boolean
  verbose?: boolean
}

/** One command: its words for the help, and what it does. `run` returns the exit status. */
export interface Command {
  name: string
  summary: Message
  /** As commander writes them: `<file...>`, `[id]`. */
  arguments?: string
  /** `often`: may be given several times; its values are gathered. */
  options?: readonly (readonly [flags: string, description: Message, often?: 'often'])[]
  /** Formats besides the table; the first is the default. */
  formats?: readonly string[]
  examples?: readonly string[]
  run: (context: Context, args: string[], options: GlobalOptions & Record<string, unknown>) => Promise<number>
}

/** The option of every command that opens the store. */
export const WAIT = ['--wait <seconds>', say('help.wait')] as const

/** The options of every command that reads files: see readingOptions. */
export const READING = [
  ['--kind <kind>', say('help.kind')],
  ['--layout <id|file>', say('help.layout')],
  ['--sheet <name>', say('help.sheet')],
  ['--encoding <name>', say('help.encoding')],
  ['--fill-down <columns>', say('help.fill_down')],
  ['--dates <how>', say('help.dates')],
  ['--period <period>', say('help.period_of_summaries')],
  ['--strict', say('help.strict')],
  ['--max-rejects <share>', say('help.max_rejects')],
  ['--careful', say('help.careful')],
] as const

/** The settings and definitions a command works under. */
export async function prepare(
  context: Context,
  options: GlobalOptions & Record<string, unknown>,
): Promise<{ settings: Settings; definitions: Definitions }> {
  const { readOfficeConditions, loadDefinitions, settle } = await import('../index.js')
  const settings = await settle({
    flags: {
      db: options.db,
      config: options.config,
      lang: options.lang,
      policy: options.policy as string | undefined,
      maxRejects: options.maxRejects as string | undefined,
    },
    environment: context.environment,
    cwd: context.cwd,
  })
  const definitions = await loadDefinitions(settings.definitions.value ?? undefined)
  await readOfficeConditions(definitions)
  return { settings, definitions }
}

/** Opens the store, uses it, and closes it whatever happens. */
export async function withStore<T>(
  settings: Settings,
  open: { readOnly: boolean; wait?: number },
  use: (store: Store) => Promise<T>,
): Promise<T> {
  const { Store } = await import('../index.js')
  const store = await Store.open(settings.db.value, { ...open, memory: settings.memory.value })
  try {
    return await use(store)
  } finally {
    store.close()
  }
}

/** A number of seconds of an option. */
export async function seconds(text: unknown): Promise<number> {
  if (text === undefined) return 0
  const value = Number(text)
  if (Number.isFinite(value) && value >= 0) return value
  const { ToolError } = await import('../index.js')
  throw new ToolError('usage', say('usage.not_seconds', { text: String(text) }))
}
