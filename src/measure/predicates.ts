import type { FormDefinition } from '../definitions/form.js'
import type { Definitions, MetricDefinition } from '../definitions/load.js'
import { ToolError } from '../errors.js'
import { withTypedChoices } from '../store/choices.js'
import { Store } from '../store/store.js'
import { formMetrics } from './count.js'
import { compileMetric, predicatesOf } from './compile.js'

/**
 * Binds every predicate of an office's own metrics and forms to the columns of an empty store, so that a mistake names the metric or form and
 * not a query, before any data is touched. Error: invalid_definition.
 */
export async function bindOfficeMetrics(definitions: Definitions): Promise<void> {
  const own = [...definitions.metrics.values()].filter(({ file }) => file !== null)
  const forms = [...definitions.forms.values()].filter(({ file }) => file !== null)
  if (own.length + forms.length === 0) return
  const store = await Store.inMemory()
  try {
    await store.lockDown()
    for (const metric of own) await bindMetric(store, metric)
    for (const form of forms) await bindForm(store, form, definitions)
  } finally {
    store.close()
  }
}

/** Binds the predicates of one metric. Error: invalid_definition, when one is not a single condition over the fact's columns. */
export async function bindMetric(store: Store, metric: MetricDefinition, owner = `metric ${metric.id}`): Promise<void> {
  const compiled = compileMetric(metric)
  for (const predicate of predicatesOf([compiled])) {
    const problem = (await conditionProblem(store, predicate)) ?? (await bindProblem(store, predicate, compiled.fact))
    if (problem === null) continue
    throw new ToolError('invalid_definition', `${owner}: the condition "${predicate}" is not valid: ${problem}`, {
      place: { file: metric.file ?? 'metrics.yaml' },
      hint: `a condition is one SQL expression over the columns of ${compiled.fact}, without subqueries`,
    })
  }
}

/** Binds the predicates of a form's columns and notes. Error: invalid_definition. */
export async function bindForm(store: Store, form: FormDefinition, definitions: Pick<Definitions, 'indicators'>): Promise<void> {
  const file = form.file ?? `forms/${form.id}.yaml`
  for (const metric of formMetrics(form, definitions)) await bindMetric(store, { ...metric, file }, `form ${form.id}`)
}

/** What keeps a text from being one plain expression, by the engine's own parser, with parentheses around it and without; null when it is one. */
async function conditionProblem(store: Store, predicate: string): Promise<string | null> {
  return (await expressionProblem(store, `(${predicate})`)) ?? (await expressionProblem(store, predicate))
}

async function expressionProblem(store: Store, expression: string): Promise<string | null> {
  const row = await store.row<{ tree: string }>(`SELECT json_serialize_sql($sql::VARCHAR) AS tree`, { sql: `SELECT ${expression}` })
  const tree = JSON.parse(row!.tree) as {
    error: boolean
    error_message?: string
    statements?: { node: { select_list: unknown[]; from_table: { type: string } } }[]
  }
  if (tree.error) return tree.error_message?.split('\n')[0] ?? 'not SQL'
  const [statement, ...more] = tree.statements ?? []
  const isOne = more.length === 0 && statement?.node.select_list.length === 1 && statement.node.from_table.type === 'EMPTY'
  if (!isOne) return 'it is more than one expression'
  return /"class":"(SUBQUERY|WINDOW|PARAMETER)"/.test(row!.tree) ? 'it has a subquery, window or parameter' : null
}

/** Binds the condition, and tries it on a row that knows nothing: a constant its column can't have shows only then. */
async function bindProblem(store: Store, predicate: string, fact: string): Promise<string | null> {
  const condition = fact === 'dossier' ? withTypedChoices(predicate) : predicate
  try {
    await store.run(`SELECT count_if(${condition}) FROM (SELECT 1) LEFT JOIN ${fact} ON false`)
    return null
  } catch (error) {
    return (error as Error).message.split('\n')[0]!
  }
}
