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

/** A text as an SQL string literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`
}

/** A name as a quoted SQL identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}
