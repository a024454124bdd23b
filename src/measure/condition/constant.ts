import { say } from '../../messages/message.js'
import { literal } from '../../store/store.js'
import { choiceSql, type Written } from './sorts.js'
import { Refusal, type Node } from './tree.js'

interface Value {
  type: { id: string; type_info: { width?: number; scale?: number } | null }
  is_null: boolean
  value: unknown
}

const WHOLE = new Set(['TINYINT', 'SMALLINT', 'INTEGER', 'BIGINT', 'UTINYINT', 'USMALLINT', 'UINTEGER', 'UBIGINT', 'HUGEINT'])

/** A value that is written, as SQL. Error: Refusal, of one that is no text, number, true, false or NULL. */
export function constantSql({ value: said }: Node): Written {
  const { type, is_null: isNull, value } = said as Value
  const constant = (sql: string, sort: Written['sort']): Written => ({ sql, sort, choice: null, isConstant: true })
  if (isNull) return constant('NULL', 'nothing')
  if (type.id === 'VARCHAR') {
    const text = String(value)
    return { ...constant(literal(text), 'text'), said: text, asChoice: (choice) => choiceSql(text, choice) }
  }
  if (type.id === 'BOOLEAN') return constant(String(value === true), 'flag')
  if (!Number.isFinite(value) || (type.id !== 'DOUBLE' && !Number.isSafeInteger(value)))
    throw new Refusal(say('condition.number_too_large'))
  const number = value as number
  if (WHOLE.has(type.id)) return constant(number < 0 ? `(${number})` : String(number), 'number')
  if (type.id === 'DOUBLE') return constant(`(${number}::DOUBLE)`, 'number')
  if (type.id === 'DECIMAL') {
    const { width = 18, scale = 0 } = type.type_info ?? {}
    return constant(`(${decimal(number, scale)}::DECIMAL(${width}, ${scale}))`, 'number')
  }
  throw new Refusal(say('condition.value_not_allowed', { type: type.id.toLowerCase() }))
}

function decimal(unscaled: number, scale: number): string {
  const digits = String(Math.abs(unscaled)).padStart(scale + 1, '0')
  const at = digits.length - scale
  return `${unscaled < 0 ? '-' : ''}${digits.slice(0, at)}${scale > 0 ? `.${digits.slice(at)}` : ''}`
}
