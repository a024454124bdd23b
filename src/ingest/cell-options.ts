import type { LayoutColumn } from '../definitions/layout.js'
import { parseTimeIn, readDateFormat, type DateFormat } from '../language/date-format.js'
import { clean, fold } from '../language/fold.js'
import { patternOf } from '../language/pattern.js'
import { literal } from '../store/store.js'
import { inYears, saysTime, type ColumnReading } from './cells.js'
import { inOrder } from './date-order.js'
import type { Dates } from '../reading/date-evidence.js'
import { cleanSql, isSaid, overClean } from '../reading/clean-sql.js'

/* What a layout says of the cells of a column, as SQL for dossiers and row by row for the other kinds; both mean the same. */

/** The date cells of a workbook arrive as this, whatever they look like there. */
const DATE_CELL = '\\d{4}-\\d{2}-\\d{2}( \\d{2}:\\d{2}:\\d{2}(\\.\\d{3})?)?'
const STRPTIME: Record<string, string> = { d: '%d', M: '%m', y: '%Y', H: '%H', m: '%M', s: '%S' }
const WITHOUT_FEE = ['miễn', 'miễn phí', 'không', 'không thu', '-']

/** Amounts in units of đồng, as groups of whole and decimal digits; a workbook writes its numbers with a point. */
const amount = (unit: number, isSheet: boolean): { grouped: string; pointed: string | null; decimals: number } => {
  const decimals = String(unit).length - 1
  return {
    decimals,
    grouped: `(\\d{1,3}(?:\\.\\d{3})+|\\d+)(?:,(\\d{1,${decimals}})0*)?`,
    pointed: isSheet ? `(\\d+)\\.(\\d{1,${decimals}})0*` : null,
  }
}

/** SQL of what an expression keeps of a cell; NULL where there is nothing, or no match. */
export function extractSql(raw: string, pattern: string): string {
  return `nullif(trim(regexp_extract(${cleanSql(raw)}, ${literal(patternOf(pattern))}, 1)), '')`
}

/** SQL, true where a cell has something in it, and nothing of it was kept. */
export const isNoMatch = (raw: string, extracted: string): string => `${extracted} IS NULL AND ${isSaid(raw)}`

/** A point in time in one format alone. */
export function readTimeIn(raw: string, text: string, isSheet: boolean, mayBeOpen = false): ColumnReading {
  const format = readDateFormat(text)
  const read = (cell: string): string => readIn(cell, format)
  const isIn = (cell: string): string => `regexp_full_match(${cell}, ${literal(format.pattern)})`
  const dateCell = isSheet ? ` WHEN regexp_full_match(cell, '${DATE_CELL}') THEN TRY_CAST(cell AS TIMESTAMP)` : ''
  return {
    quick: `CASE WHEN ${isIn(raw)} THEN ${read(raw)} END`,
    careful: overClean('raw', `CASE WHEN ${isIn('cell')} THEN ${read('cell')}${dateCell} END`),
    value: (quick, careful) => `coalesce(${quick}, ${careful})`,
    within: inYears,
    unread: saysTime(mayBeOpen),
    reason: 'invalid_date',
  }
}

/** SQL of the point in time that a cell of a format says. */
function readIn(cell: string, { parts, pattern }: DateFormat): string {
  const tokens = parts.flatMap((part) => ('token' in part ? [part] : []))
  const group = (token: string): number => tokens.findIndex((one) => one.token === token) + 1
  const isPlain = !tokens.some(({ token, digits }) => token === 'a' || (token === 'y' && digits === 2))
  const strptime = parts.map((part) => ('token' in part ? STRPTIME[part.token]! : part.literal.replaceAll('%', '%%'))).join('')
  const rewritten = (as: string): string => `regexp_replace(${cell}, ${literal(`^${pattern}$`)}, ${literal(as)})`
  const of = (token: string): string => (group(token) === 0 ? '0' : `\\${group(token)}`)
  /* The engine takes years of two digits for one century or the other. */
  const century = tokens[group('y') - 1]!.digits === 2 ? '20' : ''
  const inOrder = (hour: string): string =>
    `try_strptime(${rewritten(`${century}${of('y')}-${of('M')}-${of('d')} ${hour}:${of('m')}:${of('s')}`)}, '%Y-%m-%d %H:%M:%S')`
  if (group('a') > 0) {
    const hour = `regexp_extract(${cell}, ${literal(`^${pattern}$`)}, ${group('h')})::INTEGER`
    const isMorning = `regexp_matches(regexp_extract(${cell}, ${literal(`^${pattern}$`)}, ${group('a')}), '^[sSaA]')`
    return `CASE WHEN ${hour} BETWEEN 1 AND 12 THEN ${inOrder('0')} + to_hours(${hour} % 12 + CASE WHEN ${isMorning} THEN 0 ELSE 12 END) END`
  }
  const time = isPlain ? `try_strptime(${cell}, ${literal(strptime)})` : inOrder(of('H'))
  if (group('H') === 0) return time
  const midnight = inOrder('0')
  const isMidnight = `regexp_extract(${cell}, ${literal(`^${pattern}$`)}, ${group('H')}) = '24' AND ${midnight}::TIME = TIME '00:00:00'`
  return `coalesce(${time}, CASE WHEN ${isMidnight} THEN ${midnight} + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND END)`
}

/** Money given in thousands of đồng or more: `1,5` is 1500. Only whole đồng can be read. */
export function readMoneyIn(raw: string, unit: number, isSheet: boolean): ColumnReading {
  const { grouped, pointed, decimals } = amount(unit, isSheet)
  const joined = (pattern: string): string =>
    `TRY_CAST(replace(regexp_extract(cell, '^${pattern}$', 1), '.', '') || rpad(regexp_extract(cell, '^${pattern}$', 2), ${decimals}, '0') AS BIGINT)`
  const forms = [grouped, pointed].flatMap((pattern) =>
    pattern === null ? [] : [`WHEN regexp_full_match(cell, '${pattern}') THEN ${joined(pattern)}`],
  )
  const free = WITHOUT_FEE.map((text) => `WHEN lower(cell) = ${literal(text)} THEN 0`)
  return {
    quick: `CASE WHEN ${raw} IS NOT NULL THEN ${overClean(raw, `CASE ${[...forms, ...free].join(' ')} END`)} END`,
    unread: isSaid('raw'),
    reason: 'invalid_number',
  }
}

/** What a cell says once its column's options are applied: a text for the readers of its kind, or why there is none. */
export type CellReader = (cell: string) => { text: string } | { reason: string }

/** Days between the epochs of the two systems of serial numbers. */
const FROM_1904 = 1462

interface CellForm extends Partial<LayoutColumn> {
  /** Texts of the file → canonical values. */
  values?: Readonly<Record<string, string>> | undefined
  isSheet: boolean
  /** Whether numbers are days counted from 1904. */
  is1904: boolean
  /** How days are to be read, and whether what Excel made of them is written as texts are. */
  dates?: Dates | undefined
  asText?: boolean
}

/** How the cells of a column are read row by row; null where the layout says nothing of them. */
export function cellReader({
  extract,
  date_format,
  unit,
  values = {},
  isSheet,
  is1904,
  dates,
  asText = false,
}: CellForm): CellReader | null {
  const meanings = new Map(Object.entries(values).map(([text, value]) => [fold(text), value]))
  const steps: CellReader[] = []
  if (extract !== undefined) {
    const pattern = new RegExp(patternOf(extract), 'u')
    steps.push((cell) => {
      const text = clean(pattern.exec(clean(cell))?.[1] ?? '')
      return text === '' ? { reason: 'no_match' } : { text }
    })
  }
  if (date_format !== undefined) {
    const format = readDateFormat(date_format)
    const isDateCell = new RegExp(`^${DATE_CELL}$`)
    steps.push((cell) => {
      const text = parseTimeIn(format, cell) ?? (isSheet && isDateCell.test(clean(cell)) ? cell : null)
      return text === null ? { reason: 'invalid_date' } : { text }
    })
  }
  if (date_format === undefined && is1904)
    steps.push((cell) => ({ text: /^\d{5}(\.\d+)?$/.test(clean(cell)) ? String(Number(clean(cell)) + FROM_1904) : cell }))
  if (dates !== undefined && (date_format === undefined || isSheet))
    steps.push((cell) => ({ text: inOrder(cell, dates, asText && date_format === undefined) }))
  if (unit !== undefined) steps.push((cell) => moneyIn(cell, unit, isSheet))
  if (meanings.size > 0) steps.push((cell) => ({ text: meanings.get(fold(cell)) ?? cell }))
  if (steps.length === 0) return null
  return (cell) => steps.reduce<ReturnType<CellReader>>((said, step) => ('text' in said ? step(said.text) : said), { text: cell })
}

function moneyIn(cell: string, unit: number, isSheet: boolean): ReturnType<CellReader> {
  const { grouped, pointed, decimals } = amount(unit, isSheet)
  const text = clean(cell)
  const match = new RegExp(`^${grouped}$`).exec(text) ?? (pointed === null ? null : new RegExp(`^${pointed}$`).exec(text))
  if (match) return { text: match[1]!.replaceAll('.', '') + (match[2] ?? '').padEnd(decimals, '0') }
  return WITHOUT_FEE.includes(fold(text)) ? { text: '0' } : { reason: 'invalid_number' }
}
