import type { FormDefinition } from '../definitions/form.js'
import type { Condition, Definitions, MetricDefinition } from '../definitions/load.js'
import type { MetricTerm } from '../definitions/schema.js'
import { ToolError, type Place } from '../errors.js'
import { say, type Message } from '../messages/message.js'
import { Store } from '../store/store.js'
import { conditionKey, factOf } from './compile.js'
import { countMetric } from './count.js'
import { columnsOf, type Fact } from './condition/columns.js'
import { NAMED_FUNCTIONS } from './condition/functions.js'
import { knownWhereTrue } from './condition/known.js'
import { engineSays, parseExpressions, Refusal } from './condition/tree.js'
import { writeCondition } from './condition/write.js'

/** A condition as a definition says it, and where. */
export interface SaidCondition {
  fact: Fact
  text: string
  /** Whose it is, for errors: `metric on_time_rate`. */
  owner: Message
  /** Null: shipped with the tool. */
  file: string | null
  /** Where in that file. */
  path: readonly (string | number)[]
}

/**
 * Reads the conditions of an office's own metrics and forms, so that a mistake names the metric or form, and its line, before any data is
 * touched. Error: invalid_definition.
 */
export async function readOfficeConditions(definitions: Definitions): Promise<void> {
  const metrics = [...definitions.metrics.values()].filter(({ file }) => file !== null)
  const forms = [...definitions.forms.values()].filter(({ file }) => file !== null)
  await readConditions([...metrics.flatMap(metricConditions), ...forms.flatMap(formConditions)], definitions)
}

/** Reads all conditions that are shipped. Error: invalid_definition. */
export async function readShippedConditions(definitions: Definitions): Promise<void> {
  const counts = Object.keys(definitions.indicators).flatMap((id) => countMetric(id, definitions) ?? [])
  const metrics = [...definitions.metrics.values(), ...counts]
  await readConditions([...metrics.flatMap(metricConditions), ...[...definitions.forms.values()].flatMap(formConditions)], definitions)
}

/**
 * Reads conditions that were not read yet into `definitions.conditions`: parsed by the engine, walked for what a condition may say, and
 * bound to the columns of an empty store. Error: invalid_definition.
 */
export async function readConditions(said: readonly SaidCondition[], definitions: Definitions, within?: Store): Promise<void> {
  const { conditions } = definitions
  const unread = new Map<string, SaidCondition>()
  for (const one of said) {
    const key = conditionKey(one.fact, one.text)
    if (!conditions.has(key) && !unread.has(key)) unread.set(key, one)
  }
  if (unread.size === 0) return
  const store = within ?? (await Store.inMemory())
  try {
    const trees = await parseExpressions(
      store,
      [...unread.values()].map(({ text }) => text),
    )
    for (const [i, [key, one]] of [...unread].entries()) conditions.set(key, await readOne(store, one, trees[i]!, definitions))
  } finally {
    if (within === undefined) store.close()
  }
}

async function readOne(
  store: Store,
  one: SaidCondition,
  tree: Awaited<ReturnType<typeof parseExpressions>>[number],
  definitions: Definitions,
): Promise<Condition> {
  try {
    if (tree instanceof Refusal) throw tree
    const sql = writeCondition(tree, columnsOf(one.fact, definitions))
    await store.run(`SELECT count_if(${sql}) FROM (SELECT 1) LEFT JOIN ${one.fact} ON false`).catch((error: Error) => {
      throw new Refusal(engineSays(error.message))
    })
    return { sql, known: knownWhereTrue(tree) }
  } catch (error) {
    throw error instanceof Refusal ? await invalid(one, error) : error
  }
}

const ALLOWED = [say('condition.allowed'), say('condition.functions', { all: NAMED_FUNCTIONS })]

async function invalid({ owner, text, file, path }: SaidCondition, { says, hint }: Refusal): Promise<ToolError> {
  const shown = text.length > 200 ? `${text.slice(0, 200)}…` : text
  return new ToolError('invalid_definition', say('condition.bad', { owner, condition: shown, problem: says }), {
    place: await placeOf(file, path),
    hint: hint === undefined ? ALLOWED : [hint, ...ALLOWED],
  })
}

async function placeOf(file: string | null, path: readonly (string | number)[]): Promise<Place> {
  if (file === null) return {}
  const { placeIn } = await import('../definitions/yaml.js')
  return placeIn(file, path)
}

/**
 * Tells which condition fails on some row of a relation; null: none. The engine's words may hold what a cell says, and are left out of the
 * error.
 */
export async function failedCondition(
  store: Store,
  said: readonly SaidCondition[],
  definitions: Definitions,
  relation: string,
): Promise<ToolError | null> {
  for (const one of said) {
    const { sql } = definitions.conditions.get(conditionKey(one.fact, one.text))!
    const failure = await store.run(`SELECT count_if(${sql}) FROM ${relation}`).then(
      () => null,
      (error: Error) => error,
    )
    if (failure === null) continue
    const kind = /^[A-Za-z ]{1,40}(?= Error:)/.exec(failure.message)?.[0].toLowerCase() ?? 'evaluation'
    return invalid(one, new Refusal(say('condition.not_computable', { kind }), say('condition.numbers_too_large')))
  }
  return null
}

/** The conditions of a metric. */
export function metricConditions(metric: MetricDefinition): SaidCondition[] {
  const { id, file } = metric
  const common = { fact: factOf(metric), owner: say('condition.of_metric', { id }), file }
  const terms = (['numerator', 'denominator'] as const).flatMap((part) => termConditions(metric[part], common, [id, part]))
  const own = (['among', 'counts'] as const).flatMap((part) => {
    const text = metric[part]
    return text === undefined ? [] : [{ ...common, text, path: [id, part] }]
  })
  return [...own, ...terms]
}

/** The conditions that a form says itself. */
export function formConditions(form: FormDefinition): SaidCondition[] {
  const common = { fact: 'dossier', owner: say('condition.of_form', { id: form.id }), file: form.file } as const
  return [
    ...form.columns.flatMap(({ counts }, i) => termConditions(counts, common, ['columns', i, 'counts'])),
    ...form.notes.flatMap(({ counts, less }, i) => [
      ...termConditions(counts, common, ['notes', i, 'counts']),
      ...termConditions(less, common, ['notes', i, 'less']),
    ]),
  ]
}

function termConditions(
  terms: readonly MetricTerm[] | undefined,
  common: Pick<SaidCondition, 'fact' | 'owner' | 'file'>,
  path: readonly (string | number)[],
): SaidCondition[] {
  return (terms ?? []).flatMap(({ where }, i) => (where === undefined ? [] : [{ ...common, text: where, path: [...path, i, 'where'] }]))
}
