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

const STATUS_OF_CODE = {
  usage: EXIT.usage,
  unknown_metric: EXIT.usage,
  unknown_unit: EXIT.usage,
  unknown_form: EXIT.usage,
  too_many_figures: EXIT.usage,
  invalid_period: EXIT.usage,
  store_busy: EXIT.busy,
  store_missing: EXIT.noData,
  no_data: EXIT.noData,
  targets_missed: EXIT.missed,
  internal: EXIT.fault,
} as const

/** Where in a file a problem lies; every part that is known. */
export interface Place {
  file?: string
  sheet?: string
  line?: number
  column?: string | number
}

/**
 * A problem the user can act on: what, where, the offending text, what to do.
 * `code` is stable and machine-readable; codes not in the table above mean "input not acceptable" (3).
 */
export class ToolError extends Error {
  readonly code: string
  readonly hint: string | undefined
  readonly place: Place | undefined
  readonly details: Record<string, unknown> | undefined

  constructor(
    code: string,
    message: string,
    more: { hint?: string; place?: Place; details?: Record<string, unknown>; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.name = 'ToolError'
    this.code = code
    this.hint = more.hint
    this.place = more.place
    this.details = more.details
  }

  get exitStatus(): number {
    return (STATUS_OF_CODE as Record<string, number>)[this.code] ?? EXIT.input
  }

  /** The problem as a JSON value, for `--format json`. */
  toJSON(): Record<string, unknown> {
    return { code: this.code, message: this.message, hint: this.hint ?? null, place: this.place ?? null, details: this.details ?? null }
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
