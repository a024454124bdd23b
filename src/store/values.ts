import { DuckDBDateValue, DuckDBDecimalValue, DuckDBListValue, DuckDBTimestampValue, type DuckDBValue } from '@duckdb/node-api'

/** A value as the rest of the program sees it: integers and decimals as numbers, dates `yyyy-MM-dd`, times `yyyy-MM-dd HH:mm:ss`. */
export type Value = string | number | boolean | null | Value[]

/** The one place where driver values become plain ones. Integers beyond 2^53 throw rather than lose digits. */
export function toValue(value: DuckDBValue): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') {
    const number = Number(value)
    if (!Number.isSafeInteger(number)) throw new RangeError(`${value} does not fit a number`)
    return number
  }
  if (value instanceof DuckDBTimestampValue)
    return value.toString().replace(/(\.\d*?)0*$/, (_, decimals: string) => (decimals === '.' ? '' : decimals))
  if (value instanceof DuckDBDateValue) return value.toString()
  if (value instanceof DuckDBDecimalValue) return value.toDouble()
  if (value instanceof DuckDBListValue) return value.items.map(toValue)
  return String(value)
}

/** Any text as SQL for it: a string literal; by its bytes where it has a NUL, at which the engine would take the statement to end. */
export function literal(text: string): string {
  if (text.includes('\u0000')) return `decode(unhex('${Buffer.from(text).toString('hex')}'))`
  return `'${text.replaceAll("'", "''")}'`
}

/** A name as a quoted SQL identifier. Error: RangeError, of one with a NUL, which no table or column can have. */
export function identifier(name: string): string {
  if (name.includes('\u0000')) throw new RangeError('a name can not have a NUL')
  return `"${name.replaceAll('"', '""')}"`
}
