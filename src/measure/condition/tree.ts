import { render, say, type Message } from '../../messages/message.js'
import type { Store } from '../../store/store.js'

/** A node of the engine's own parse tree, as it serializes it. */
export interface Node {
  class: string
  type: string
  [part: string]: unknown
}

/** Why an expression is no condition, and what to do. */
export class Refusal extends Error {
  readonly says: Message
  readonly hint: Message | undefined

  constructor(says: Message, hint?: Message) {
    super(render(says, 'en'))
    this.says = says
    this.hint = hint
  }
}

/** The engine's own words, which are English. */
export const engineSays = (message?: string): Message =>
  message ? say('condition.engine', { problem: message.split('\n')[0]! }) : say('condition.not_sql')

interface Select {
  select_list: Node[]
  from_table: { type: string }
  modifiers: unknown[]
  group_expressions: unknown[]
  where_clause: unknown
  having: unknown
  qualify: unknown
  sample: unknown
  cte_map: { map: unknown[] }
}

/** The parse trees of some texts, each one expression; a Refusal for what is none. The engine parses them; nothing is run. */
export async function parseExpressions(store: Store, texts: readonly string[]): Promise<(Node | Refusal)[]> {
  const statements = texts.map((text) => (hasControl(text) ? '' : `SELECT ${text}`))
  const values = statements.map((_, i) => `($s${i}::VARCHAR)`)
  const rows = await store.rows<{ tree: string }>(
    `SELECT json_serialize_sql(statement) AS tree FROM (VALUES ${values.join(', ')}) AS said(statement)`,
    Object.fromEntries(statements.map((statement, i) => [`s${i}`, statement])),
  )
  return rows.map(({ tree }, i) => (statements[i] === '' ? new Refusal(say('condition.control_character')) : expressionOf(tree)))
}

/* The engine's parser ends at a NUL, and would take what stands before it for the whole. */
// oxlint-disable-next-line no-control-regex
const hasControl = (text: string): boolean => /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(text)

function expressionOf(serialized: string): Node | Refusal {
  const parsed = readJson(serialized)
  if (parsed === null) return new Refusal(say('condition.not_finite'))
  if (parsed.error) return new Refusal(engineSays(parsed.error_message))
  const [statement, ...more] = parsed.statements ?? []
  const node = statement?.node
  const [expression, ...others] = node?.select_list ?? []
  const clauses = [node?.where_clause, node?.having, node?.qualify, node?.sample]
  const lists = [node?.modifiers, node?.group_expressions, node?.cte_map?.map]
  const isOne =
    more.length === 0 &&
    others.length === 0 &&
    node?.from_table?.type === 'EMPTY' &&
    clauses.every((clause) => clause === null || clause === undefined) &&
    lists.every((list) => list === undefined || list.length === 0)
  if (!expression || !isOne || expression.alias !== '') return new Refusal(say('condition.several'))
  return expression
}

function readJson(serialized: string): { error: boolean; error_message?: string; statements?: { node: Select }[] } | null {
  try {
    return JSON.parse(serialized)
  } catch {
    return null
  }
}

/** The expressions below a node, in its order; none of a CASE, whose parts are not equal. */
export function partsOf(node: Node): Node[] {
  switch (node.class) {
    case 'COMPARISON':
      return [node.left, node.right] as Node[]
    case 'BETWEEN':
      return [node.input, node.lower, node.upper] as Node[]
    case 'CAST':
      return [node.child as Node]
    case 'CONJUNCTION':
    case 'OPERATOR':
    case 'FUNCTION':
      return node.children as Node[]
    default:
      return []
  }
}

/** A column's name as the engine compares it; null of what is no plain name. */
export function columnOf(node: Node): string | null {
  if (node.class !== 'COLUMN_REF') return null
  return (node.column_names as string[]).at(-1)!.toLowerCase()
}
