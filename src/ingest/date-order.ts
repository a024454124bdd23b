import { clean } from '../language/fold.js'
import { parseTime } from '../language/date.js'
import { cleanSql } from '../reading/clean-sql.js'
import { MADE_BY_EXCEL, TWO_PARTS, type Dates } from '../reading/date-evidence.js'
import { literal } from '../store/store.js'
import type { ColumnReading } from './cells.js'

/* Dates that are not day first as they stand, as the user says (`--dates`): as SQL for dossiers and row by row for the other kinds. */

const isMade = new RegExp(`^(?:${MADE_BY_EXCEL})$`)

/** Whether a column has no cell of its start that only Excel makes: those that it did make are then written as texts are. */
export const isWrittenAsText = (sample: readonly string[]): boolean => !sample.some((cell) => isMade.test(clean(cell)))

/** SQL of the text of a cell, day first. */
export function dayFirstSql(raw: string, dates: Dates | undefined): string {
  return dates === 'month-first' ? `regexp_replace(${raw}, ${literal(TWO_PARTS)}, '\\1\\4\\3\\2\\5')` : raw
}

/** The reading of a column in which Excel exchanged day and month of what it could: days up to the 12th. */
export function unswapped(reading: ColumnReading, raw: string, dates: Dates | undefined, asText: boolean): ColumnReading {
  if (dates !== 'swapped') return reading
  const made = asText ? 'true' : `regexp_full_match(${cleanSql(raw)}, ${literal(MADE_BY_EXCEL)})`
  const right = `said + to_days((make_date(year(said), day(said), month(said)) - said::DATE)::INTEGER)`
  return {
    ...reading,
    value: (quick, careful) =>
      `list_transform([coalesce(${quick}, ${careful})], lambda said: CASE WHEN day(said) <= 12 AND ${made} THEN ${right} ELSE said END)[1]`,
  }
}

/** A cell of another kind, day first and in the order it was written in; serial numbers are of 1900. */
export function inOrder(text: string, dates: Dates | undefined, asText: boolean): string {
  if (dates === 'month-first') return text.replace(new RegExp(TWO_PARTS), '$1$4$3$2$5')
  if (dates !== 'swapped') return text
  const isOfExcel = isMade.test(clean(text))
  const read = isOfExcel || asText ? parseTime(text) : null
  const [, year, month = '', day = '', clock = ''] = /^(\d+)-(\d+)-(\d+)(.*)$/.exec(read ?? '') ?? []
  return read !== null && Number(day) <= 12 ? `${year}-${day}-${month}${clock}` : text
}
