import type { core } from 'zod'

import { isKey, render, say, type Message, type MessageKey } from '../messages/message.js'

const TYPES: Record<string, Message> = {
  string: say('definitions.a_string'),
  number: say('definitions.a_number'),
  int: say('definitions.an_int'),
  boolean: say('definitions.a_boolean'),
  array: say('definitions.an_array'),
  object: say('definitions.an_object'),
  record: say('definitions.a_record'),
  undefined: say('definitions.nothing'),
  null: say('definitions.a_null'),
  date: say('definitions.a_date'),
  nan: say('definitions.a_nan'),
}

/** The name of a message as an error of a schema, which only knows texts: `saidOf` finds the message again. */
export const told = (key: MessageKey): string => key

/** Says in a schema's own check what is wrong, where below it, and what could stand there. */
export function refuse(
  context: { addIssue: (issue: { code: 'custom'; message: string; path?: (string | number)[]; params: Record<string, unknown> }) => void },
  says: Message,
  { path, hint }: { path?: readonly (string | number)[]; hint?: Message | undefined } = {},
): void {
  context.addIssue({ code: 'custom', message: render(says, 'en'), ...(path ? { path: [...path] } : {}), params: { says, hint } })
}

/** What a schema found wrong, in our own words, and what could stand there, where the schema says so. */
export function saidOf(issue: core.$ZodIssue): { says: Message; hint: Message | undefined } {
  const own = issue.code === 'custom' ? (issue.params as { says?: Message; hint?: Message } | undefined) : undefined
  if (own?.says) return { says: own.says, hint: own.hint }
  return { says: isKey(issue.message) ? { key: issue.message, values: {} } : general(issue), hint: undefined }
}

function general(issue: core.$ZodIssue): Message {
  switch (issue.code) {
    case 'invalid_type':
      return say('definitions.expected', { expected: TYPES[issue.expected] ?? issue.expected, found: TYPES[typeOf(issue.input)]! })
    case 'unrecognized_keys':
      return say('definitions.unknown_key', { key: issue.keys[0]! })
    case 'invalid_value':
      return issue.values.length === 1
        ? say('definitions.one_value', { value: JSON.stringify(issue.values[0]) })
        : say('definitions.one_of_values', { values: issue.values.map((value) => JSON.stringify(value)).join('|') })
    case 'too_small':
      return issue.origin === 'string' && Number(issue.minimum) === 1
        ? say('definitions.empty_text')
        : say('definitions.too_small', { least: Number(issue.minimum) })
    case 'too_big':
      return say('definitions.too_big', { most: Number(issue.maximum) })
    case 'invalid_format':
      return say('definitions.bad_format', { pattern: issue.pattern ?? issue.format })
    default:
      return say('definitions.other_problem', { problem: issue.message })
  }
}

function typeOf(input: unknown): string {
  if (input === null) return 'null'
  if (Array.isArray(input)) return 'array'
  if (input instanceof Date) return 'date'
  return Number.isNaN(input) ? 'nan' : typeof input
}
