import { listed, say, type Message } from '../../messages/message.js'
import { identifier } from '../../store/store.js'
import type { FactColumn } from './columns.js'
import { castSql } from './casts.js'
import { constantSql } from './constant.js'
import { ARITHMETIC, COMPARISONS, FUNCTIONS, LIKES, VOLATILE, type Sort } from './functions.js'
import { likeSql } from './like.js'
import { agree, ordered, text, type Written } from './sorts.js'
import { partsOf, Refusal, type Node } from './tree.js'

/**
 * A parse tree as SQL again: only what a condition may say, texts typed like the column they are compared with. Beside a bare text the
 * engine compares every row as text, six times as slow, and a value that the column can't have would pass. Error: Refusal.
 */
export function writeCondition(node: Node, columns: ReadonlyMap<string, FactColumn>): string {
  const { sql, sort } = write(node)
  if (sort !== 'flag') throw new Refusal(say('condition.neither'), say('condition.compare_it'))
  return sql

  function write(one: Node): Written {
    const parts = (): Written[] => partsOf(one).map(write)
    switch (one.class) {
      case 'CONSTANT':
        return constantSql(one)
      case 'COLUMN_REF':
        return column(one.column_names as string[])
      case 'CAST':
        return castSql(one, write(one.child as Node))
      case 'CONJUNCTION':
        return flag(
          `(${parts()
            .map(truth)
            .join(one.type === 'CONJUNCTION_AND' ? ' AND ' : ' OR ')})`,
        )
      case 'COMPARISON':
        return comparison(one.type, parts())
      case 'BETWEEN': {
        const [input, lower, upper] = ordered(parts(), 'BETWEEN')
        return flag(`(${input} BETWEEN ${lower} AND ${upper})`)
      }
      case 'CASE':
        return cases(one)
      case 'OPERATOR':
        return operator(one.type, parts())
      case 'FUNCTION':
        return call(one, parts())
      default:
        throw new Refusal(
          say('condition.has', { what: WORDS.get(one.class) ?? say('condition.not_allowed', { what: one.class.toLowerCase() }) }),
        )
    }
  }

  function column(names: readonly string[]): Written {
    const name = names.at(-1)!.toLowerCase()
    const known = columns.get(name)
    if (!known && VOLATILE.has(name)) throw volatile(name)
    if (!known || names.length > 2)
      throw new Refusal(
        say('condition.not_a_column', { name: names.join('.') }),
        say('condition.columns_are', { all: listed([...columns.keys()]) }),
      )
    return { sql: identifier(name), sort: known.sort, choice: known.choice, isConstant: false }
  }

  function cases({ case_checks, else_expr }: Node): Written {
    const checks = case_checks as { when_expr: Node; then_expr: Node }[]
    const conditions = checks.map(({ when_expr }) => truth(write(when_expr)))
    const given = [...checks.map(({ then_expr }) => then_expr), else_expr as Node].map(write)
    const written = agree(
      given,
      'CASE',
      (values) => `(CASE ${conditions.map((when, i) => `WHEN ${when} THEN ${values[i]}`).join(' ')} ELSE ${values.at(-1)} END)`,
    )
    return { ...written, isConstant: false }
  }

  function comparison(type: string, parts: Written[]): Written {
    const sign = COMPARISONS.get(type)
    if (sign === undefined) throw new Refusal(say('condition.comparison_not_allowed', { type: type.toLowerCase() }))
    const isOrder = sign === '<' || sign === '>' || sign === '<=' || sign === '>='
    if (isOrder) return flag(`(${ordered(parts, sign).join(` ${sign} `)})`)
    return flag(agree(parts, sign, (values) => `(${values.join(` ${sign} `)})`).sql)
  }

  function operator(type: string, parts: Written[]): Written {
    switch (type) {
      case 'OPERATOR_NOT':
        return flag(`(NOT ${truth(parts[0]!)})`)
      case 'OPERATOR_IS_NULL':
        return flag(`(${parts[0]!.sql} IS NULL)`)
      case 'OPERATOR_IS_NOT_NULL':
        return flag(`(${parts[0]!.sql} IS NOT NULL)`)
      case 'COMPARE_IN':
      case 'COMPARE_NOT_IN': {
        const sign = type === 'COMPARE_IN' ? 'IN' : 'NOT IN'
        return flag(agree(parts, sign, ([one, ...others]) => `(${one} ${sign} (${others.join(', ')}))`).sql)
      }
      case 'OPERATOR_COALESCE':
        return agree(parts, 'coalesce', (values) => `coalesce(${values.join(', ')})`)
      default:
        throw new Refusal(
          say('condition.has', {
            what: type === 'ARRAY_CONSTRUCTOR' ? say('condition.a_list') : say('condition.not_allowed', { what: type.toLowerCase() }),
          }),
        )
    }
  }

  function call(one: Node, parts: Written[]): Written {
    const name = String(one.function_name).toLowerCase()
    if (VOLATILE.has(name)) throw volatile(name)
    const isPlain = one.distinct === false && one.filter === null && (one.order_bys as { orders: unknown[] }).orders.length === 0
    const isOurs = one.catalog === '' && (one.schema === '' || one.schema === 'main')
    if (!isPlain || !isOurs) throw new Refusal(say('condition.not_plain', { name }))
    const like = LIKES.get(name)
    if (like) return flag(likeSql(parts, like))
    if (ARITHMETIC.has(name)) return arithmetic(name, parts)
    if (name === 'nullif' || name === 'greatest' || name === 'least') {
      if (name !== 'nullif') ordered(parts, name)
      return agree(parts, name, (values) => `${name}(${values.join(', ')})`)
    }
    const known = FUNCTIONS.get(name)
    if (!known) throw new Refusal(say('condition.function_not_allowed', { name }))
    const wrong = parts.find(({ sort }) => !known.takes.includes(sort))
    if (wrong) throw new Refusal(say('condition.does_not_take', { name, what: nameOf(wrong) }))
    const sqlName = name === '^@' ? 'starts_with' : name
    return {
      ...flag(`${sqlName}(${parts.map((part) => part.sql).join(', ')})`),
      sort: known.gives as Sort,
      isConstant: parts.every((part) => part.isConstant),
    }
  }

  function arithmetic(sign: string, parts: Written[]): Written {
    const wrong = parts.find(({ sort, isConstant }) => sort === 'choice' || sort === 'flag' || (sort === 'text' && !isConstant))
    if (wrong) throw new Refusal(say('condition.does_not_take', { name: sign, what: nameOf(wrong) }))
    const times = parts.filter(({ sort }) => sort === 'time').length
    const sort = times === 2 ? 'interval' : times === 1 ? 'time' : parts.some((part) => part.sort === 'interval') ? 'interval' : 'number'
    const [first, second] = parts.map((part) => part.sql)
    return {
      ...flag(second === undefined ? `(${sign}${first})` : `(${first} ${sign} ${second})`),
      sort,
      isConstant: parts.every((part) => part.isConstant),
    }
  }
}

const flag = (sql: string): Written => ({ sql, sort: 'flag', choice: null, isConstant: false })

/** A part as something true or false. */
function truth(part: Written): string {
  if (part.sort === 'flag' || part.sort === 'nothing') return part.sql
  throw new Refusal(say('condition.not_a_flag', { what: nameOf(part) }), say('condition.compare_it'))
}

export function nameOf({ sql, sort }: Written): Message {
  return say('condition.sort_of', { sort: text(sort), part: sql })
}

function volatile(name: string): Refusal {
  return new Refusal(say('condition.volatile', { name }), say('condition.write_day'))
}

/** What people call what the parser found. */
const WORDS: ReadonlyMap<string, Message> = new Map([
  ['SUBQUERY', say('condition.a_subquery')],
  ['WINDOW', say('condition.a_window')],
  ['PARAMETER', say('condition.a_parameter')],
  ['STAR', say('condition.a_star')],
  ['LAMBDA', say('condition.a_lambda')],
  ['COLLATE', say('condition.a_collation')],
])
