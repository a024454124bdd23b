import { listed, say, type Message } from '../../messages/message.js'
import { literal } from '../../store/store.js'
import type { Choice } from './columns.js'
import type { Sort } from './functions.js'
import { Refusal } from './tree.js'

/** A part of a condition as SQL, and what it gives. */
export interface Written {
  sql: string
  sort: Sort
  /** The values of a column that is one of a few. */
  choice: Choice | null
  isConstant: boolean
  /** The text, of one that is written as such. */
  said?: string
  /** Of a text that is written, or one of some: the same as one of the values of a choice. Error: Refusal. */
  asChoice?: (choice: Choice) => string
}

/** What an expression gives, in words. */
export const text = (sort: Sort): Message => say(`condition.sort_${sort}`)

/** A text as a value of a column. Error: Refusal, with the values there are. */
export function choiceSql(said: string, { column, values, type }: Choice): string {
  if (!values.includes(said))
    throw new Refusal(say('condition.not_a_value', { value: said, column }), say('condition.values_of', { column, values: listed(values) }))
  return type === null ? literal(said) : `${literal(said)}::${type}`
}

const COMPARED = new Set(['=', '<>', 'IN', 'NOT IN', 'IS DISTINCT FROM', 'IS NOT DISTINCT FROM'])

/** Parts that stand for the same thing, with what is one of a few values typed like its column. Error: Refusal. */
export function agree(parts: readonly Written[], what: string, join: (values: string[]) => string): Written {
  if (COMPARED.has(what) && parts.some(({ sort }) => sort === 'nothing'))
    throw new Refusal(say('condition.null_compared', { what }), say('condition.write_is_null'))
  const choices = parts.flatMap(({ choice }) => (choice === null ? [] : [choice]))
  const isConstant = parts.every((part) => part.isConstant)
  if (choices.length > 0) {
    const values = parts.map((part) => valueOf(part, choices[0]!))
    return { sql: join(values), sort: 'choice', choice: choices[0]!, isConstant }
  }
  const sorts = new Set(
    parts.flatMap(({ sort, isConstant: isWritten }) => (sort === 'nothing' || (sort === 'text' && isWritten) ? [] : [sort])),
  )
  const [sort = 'text', other] = [...sorts]
  const isText = parts.some((part) => part.sort === 'text' && part.isConstant)
  if (other !== undefined)
    throw new Refusal(
      say('condition.not_comparable', { first: text(sort), second: text(other), what }),
      sort === 'text' || other === 'text' ? say('condition.quote_texts') : undefined,
    )
  const written = {
    sql: join(parts.map((part) => part.sql)),
    sort: sorts.size === 0 && !isText ? 'nothing' : sort,
    choice: null,
    isConstant,
  } as const
  const isAllText = parts.every((part) => part.asChoice !== undefined || part.sort === 'nothing')
  return isAllText && isText
    ? { ...written, asChoice: (choice) => join(parts.map((part) => part.asChoice?.(choice) ?? part.sql)) }
    : written
}

function valueOf(part: Written, choice: Choice): string {
  if (part.asChoice) return part.asChoice(choice)
  if (part.sort === 'nothing' || part.choice?.column === choice.column) return part.sql
  throw new Refusal(
    say('condition.choice_with_other', { column: choice.column }),
    say('condition.values_of', { column: choice.column, values: listed(choice.values) }),
  )
}

/** Parts that are compared by their order. Error: Refusal. */
export function ordered(parts: readonly Written[], what: string): string[] {
  const [choice] = parts.flatMap((part) => (part.choice === null ? [] : [part.choice]))
  if (choice)
    throw new Refusal(
      say('condition.no_order', { column: choice.column, what }),
      say('condition.compare_values', { values: listed(choice.values) }),
    )
  if (parts.some(({ sort }) => sort === 'nothing'))
    throw new Refusal(say('condition.null_compared', { what }), say('condition.write_is_null'))
  agree(parts, what, () => '')
  return parts.map(({ sql }) => sql)
}
