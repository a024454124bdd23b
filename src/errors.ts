import { render, type Language, type Message } from './messages/message.js'

/** The exit statuses of the program; one table, used by the one catch in cli.ts and printed in the README. */
export const EXIT = {
  done: 0,
  fault: 1,
  usage: 2,
  input: 3,
  missed: 4,
  busy: 5,
  noData: 6,
  interrupted: 130,
} as const

/** Every code an error can have, with the exit status it ends in. */
const STATUS_OF_CODE = {
  usage: EXIT.usage,
  unknown_metric: EXIT.usage,
  unknown_unit: EXIT.usage,
  unknown_form: EXIT.usage,
  too_many_figures: EXIT.usage,
  invalid_period: EXIT.usage,

  ambiguous_column: EXIT.input,
  ambiguous_sheet: EXIT.input,
  binary_file: EXIT.input,
  contradicted_kind: EXIT.input,
  disk_full: EXIT.input,
  empty_file: EXIT.input,
  file_not_found: EXIT.input,
  file_unreadable: EXIT.input,
  header_too_low: EXIT.input,
  invalid_definition: EXIT.input,
  is_directory: EXIT.input,
  malformed_csv: EXIT.input,
  malformed_gzip: EXIT.input,
  malformed_workbook: EXIT.input,
  merged_copy: EXIT.input,
  month_first_dates: EXIT.input,
  broken_codes: EXIT.input,
  no_files: EXIT.input,
  no_rows: EXIT.input,
  not_a_file: EXIT.input,
  other_header: EXIT.input,
  personal_column: EXIT.input,
  runaway_quote: EXIT.input,
  source_changed: EXIT.input,
  source_gone: EXIT.input,
  store_invalid: EXIT.input,
  store_newer: EXIT.input,
  store_older: EXIT.input,
  store_unreadable: EXIT.input,
  swapped_dates: EXIT.input,
  too_large_inside: EXIT.input,
  too_many_rejects: EXIT.input,
  uncertain_encoding: EXIT.input,
  uncertain_kind: EXIT.input,
  unclosed_quote: EXIT.input,
  undo_refused: EXIT.input,
  unknown_kind: EXIT.input,
  unknown_sheet: EXIT.input,
  unsupported_workbook: EXIT.input,
  unwritable: EXIT.input,
  workbook_too_large: EXIT.input,

  targets_missed: EXIT.missed,
  store_busy: EXIT.busy,
  interrupted: EXIT.interrupted,
  no_data: EXIT.noData,
  store_missing: EXIT.noData,
  internal: EXIT.fault,
} as const

export type ErrorCode = keyof typeof STATUS_OF_CODE

/** A file: as it was named, which is what people are told, and where it is. */
export interface Source {
  file: string
  path: string
}

/** Where in a file a problem lies; every part that is known. */
export interface Place {
  file?: string
  sheet?: string
  line?: number
  column?: string | number
}

interface More {
  /** What to do, a message a line. */
  hint?: Message | readonly Message[] | undefined
  place?: Place
  details?: Record<string, unknown>
  cause?: unknown
}

/**
 * A problem the user can act on: what, where, the offending text, what to do. `code` is stable and machine-readable; `message` and `hint`
 * are English, and `describe` says both in a language.
 */
export class ToolError extends Error {
  readonly code: ErrorCode
  readonly says: Message
  readonly advice: readonly Message[]
  readonly place: Place | undefined
  readonly details: Record<string, unknown> | undefined

  constructor(code: ErrorCode, says: Message, more: More = {}) {
    super(render(says, 'en'), more.cause === undefined ? undefined : { cause: more.cause })
    this.name = 'ToolError'
    this.code = code
    this.says = says
    this.advice = more.hint === undefined ? [] : Array.isArray(more.hint) ? (more.hint as Message[]) : [more.hint as Message]
    this.place = more.place
    this.details = more.details
  }

  get exitStatus(): number {
    return STATUS_OF_CODE[this.code]
  }

  /** What to do, in English. */
  get hint(): string | undefined {
    return this.describe('en').hint
  }

  /** What is wrong and what to do, in a language. */
  describe(language: Language): { message: string; hint: string | undefined } {
    const hint = this.advice.map((one) => render(one, language)).join('\n')
    return { message: render(this.says, language), hint: this.advice.length === 0 ? undefined : hint }
  }

  /** The problem as a JSON value in English, as `JSON.stringify` asks for it: what that passes is a key, never a language. */
  toJSON(): Record<string, unknown> {
    return this.asJson('en')
  }

  /** The problem as a JSON value in a language, for `--format json`. */
  asJson(language: Language): Record<string, unknown> {
    const { message, hint } = this.describe(language)
    return { code: this.code, message, hint: hint ?? null, place: this.place ?? null, details: this.details ?? null }
  }
}

/** `file:sheet:line:column`, with only the parts that are known. */
export function formatPlace(place: Place): string {
  return [place.file, place.sheet, place.line, place.column].filter((part) => part !== undefined).join(':')
}

/** Up to three names within `most` letters, or a third of their length, of what was typed, nearest first: for "did you mean". */
export function nearest(typed: string, names: Iterable<string>, most?: number): string[] {
  const limit = (name: string): number => most ?? Math.max(2, Math.floor(Math.max(name.length, typed.length) / 3))
  return [...names]
    .filter((name) => Math.abs(name.length - typed.length) <= limit(name))
    .map((name) => ({ name, distance: editDistance(typed, name) }))
    .filter(({ name, distance }) => distance <= limit(name))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({ name }) => name)
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      current.push(Math.min(substitution, previous[j]! + 1, current[j - 1]! + 1))
    }
    previous = current
  }
  return previous[b.length]!
}
