import { resolve } from 'node:path'

import {
  encodingOf,
  fold,
  formatPlace,
  readLayoutFile,
  ToolError,
  type Definitions,
  DATES,
  type Dates,
  type Dimension,
  type IngestOptions,
  type Kind,
  type Language,
  type Layout,
  type Level,
  type Policy,
  type Settings,
} from '../index.js'
import { listed, say } from '../messages/message.js'
import type { Context } from './command.js'
import { visible } from '../messages/visible.js'

const KINDS: Kind[] = ['dossiers', 'survey', 'targets', 'units', 'unit_changes', 'unit_aliases', 'indicators']
const DIMENSIONS: Dimension[] = ['level', 'unit', 'field', 'procedure', 'month', 'factor']
const LEVELS: Level[] = ['province', 'district', 'commune']

function kindOption(text: unknown): Kind | undefined {
  return oneOf(text, KINDS, '--kind')
}

export function datesOption(text: unknown): Dates | undefined {
  return oneOf(text, DATES, '--dates')
}

/** Levels, by their ids or as files call them (`xã`, `cấp xã`), with commas between them. Error: usage. */
export function levelsOption(given: unknown, { vocabularies }: Pick<Definitions, 'vocabularies'>): Level[] {
  const words = new Map(LEVELS.flatMap((level) => [level, ...vocabularies.level![level]!].map((word) => [fold(word), level] as const)))
  const levelsOf = (text: string): Level[] => {
    const whole = words.get(fold(text))
    return (whole ? [whole] : text.split(',').map((part) => words.get(fold(part)))).map((level) => {
      if (level) return level
      throw new ToolError('usage', say('asked.not_a_level', { text }), { hint: say('asked.levels_are') })
    })
  }
  return [...new Set([given ?? []].flat().flatMap((text) => levelsOf(String(text))))]
}

/** The policy of an id. Error: usage, with all of them. */
export function policyOf(id: string, { policies }: Pick<Definitions, 'policies'>): Policy {
  const policy = policies[id]
  if (policy) return policy
  throw new ToolError('usage', say('usage.no_policy', { id }), { hint: say('usage.policies_are', { all: listed(Object.keys(policies)) }) })
}

/** One of a few words, or a usage error that lists them. */
export function oneOf<T extends string>(text: unknown, allowed: readonly T[], flag: string): T | undefined {
  if (text === undefined) return undefined
  if (allowed.includes(text as T)) return text as T
  throw new ToolError('usage', say('usage.not_a_value', { flag, text: String(text) }), {
    hint: say('usage.one_of', { all: listed(allowed) }),
  })
}

/** Some of a few words, with commas between them, each once. */
export function listOf<T extends string>(text: unknown, allowed: readonly T[], flag: string): T[] {
  if (text === undefined) return []
  const words = [text].flat().join().split(',')
  return [...new Set(words.map((word) => oneOf(word.trim(), allowed, flag)!))]
}

/** `level,unit` → a grouping each; `unit+month` → one grouping by both. */
export function groupings(text: unknown): Dimension[][] {
  if (text === undefined) return []
  return [text]
    .flat()
    .join()
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => part.split('+').map((one) => oneOf(one.trim(), DIMENSIONS, '--by')!))
}

/** A layout's id, or the layout in a YAML file. */
async function readLayoutOption(text: unknown, cwd: string, definitions: Definitions): Promise<string | Layout | undefined> {
  if (text === undefined) return undefined
  const name = String(text)
  return /\.ya?ml$/.test(name) ? await readLayoutFile(resolve(cwd, name), definitions) : name
}

/** How files are read, as the options of READING say. */
export async function readingOptions(
  context: Context,
  options: Record<string, unknown>,
  settings: Settings,
  definitions: Definitions,
): Promise<Omit<IngestOptions, 'dryRun' | 'keepHash' | 'hashKey'>> {
  const kind = kindOption(options.kind)
  const layout = await readLayoutOption(options.layout, context.cwd, definitions)
  const dates = datesOption(options.dates)
  return {
    folder: context.cwd,
    ...(kind ? { kind } : {}),
    ...(layout ? { layout } : {}),
    ...(options.encoding === undefined ? {} : { encoding: encodingOf(String(options.encoding)) }),
    ...(dates ? { dates } : {}),
    ...(options.period === undefined ? {} : { period: String(options.period) }),
    ...(options.fillDown === undefined ? {} : { fillDown: String(options.fillDown) }),
    ...(options.sheet === undefined ? {} : { sheet: String(options.sheet) }),
    maxRejects: options.strict ? 0 : settings.maxRejects.value,
    careful: options.careful === true,
    now: context.now(),
  }
}

/** A day of an option. Error: usage. */
export function day(text: string, flag: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text)) return text
  throw new ToolError('usage', say('usage.not_a_day', { flag, text }), { hint: say('usage.write_day') })
}

/** An error as people read it: where, what, what to do. */
export function describeError(error: ToolError, language: Language): string {
  const { message, hint: advice } = error.describe(language)
  const place = error.place ? `${formatPlace(error.place)}: ` : ''
  const hint =
    advice === undefined
      ? ''
      : advice
          .split('\n')
          .map((line) => `   ${visible(line)}\n`)
          .join('')
  return `${visible(place + message)}\n${hint}`
}
