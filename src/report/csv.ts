import { stringify } from 'csv-stringify/sync'

import type { Definitions } from '../definitions/load.js'
import { lastDay } from '../language/period.js'
import type { Language } from '../language/labels.js'
import type { Comparison } from '../measure/compare.js'
import type { Report } from '../measure/report.js'
import type { MetricResult } from '../measure/result.js'
import { visibleLines } from '../messages/visible.js'
import { unitName } from './figures.js'
import { inPieces } from './write.js'

/** The report as CSV, in pieces: plain numbers, a row a figure, in the report's order; then its months, then its counts, where it has them. */
export function* renderCsv(report: Report, definitions: Definitions, language: Language): Generator<string> {
  const hasYearAgo = report.rows.some(({ yearAgo }) => yearAgo !== null)
  const hasRanks = report.rows.some(({ rank }) => rank !== null)
  const figure = (row: Comparison) => ({
    ...place(row, definitions.metrics.get(row.metric)!.label[language], language),
    value: row.value,
    shown: percent(row.shown),
    state: row.state,
    coverage: row.coverage,
    target: row.target,
    target_operator: row.targetOperator,
    target_source: row.targetSource,
    gap: row.gap,
    status: row.status,
    needed: row.shortfall?.needed ?? null,
    needed_further: row.shortfall?.further ?? null,
    previous_value: row.previous?.value ?? null,
    change: row.previous?.change ?? null,
    ...(hasYearAgo ? { year_ago_value: row.yearAgo?.value ?? null, year_ago_change: row.yearAgo?.change ?? null } : {}),
    ...(hasRanks ? { place: row.rank?.place ?? null, place_of: row.rank?.of ?? null, place_before: row.rank?.before?.place ?? null } : {}),
  })
  const count = (row: MetricResult) => ({
    ...place(row, definitions.indicators[row.metric]!.label[language], language),
    denominator: null,
  })
  const columns = report.rows[0] ? Object.keys(figure(report.rows[0])) : []
  yield toCsv([], columns)
  for (const rows of [report.rows, report.trend]) yield* inPieces(rows, (some) => toCsv(some.map(figure), columns, false))
  yield* inPieces(report.counts, (some) => toCsv(some.map(count), columns, false))
}

/** Per cent as shown, with two decimals: 92.17. */
export function percent(hundredths: number | null): number | null {
  return hundredths === null ? null : hundredths / 100
}

function place(row: MetricResult, name: string, language: Language) {
  return {
    metric: row.metric,
    label: name,
    level: row.level,
    unit_code: row.unit?.code ?? null,
    unit_name: row.unit && unitName(row.unit, language),
    field: row.field,
    procedure_code: row.procedure?.code ?? null,
    procedure_name: row.procedure?.name ?? null,
    factor: row.factor,
    month: row.month,
    from: row.period.from,
    to: lastDay({ ...row.period, label: '', calendar: 'month' }),
    numerator: row.numerator,
    denominator: row.denominator,
  }
}

/** Rows as CSV; no text cell starts a formula in a spreadsheet, and numbers stay numbers. */
export function toCsv(
  rows: readonly Record<string, string | number | boolean | null>[],
  columns?: readonly string[],
  header = true,
): string {
  return stringify(rows as Record<string, unknown>[], {
    header,
    columns: columns ? [...columns] : Object.keys(rows[0] ?? {}),
    cast: CAST,
  })
}

/** The same of rows of cells under a row of headings, which need not be different. */
export function csvOf(headings: readonly string[], rows: readonly (readonly (string | number | null)[])[]): string {
  return stringify([[...headings], ...rows] as unknown[][], { cast: CAST })
}

const CAST = { string: (text: string) => defuse(visibleLines(text)), boolean: String, number: plain }

/** Rows as they are, for a file that is to be read again. */
export function rawCsv(rows: readonly (readonly string[])[]): string {
  return stringify(rows as string[][])
}

/** A number without an exponent, whatever its size. */
function plain(value: number): string {
  return Math.abs(value) > 0 && Math.abs(value) < 1e-6 ? value.toFixed(8).replace(/0+$/, '') : String(value)
}

/** Spreadsheets take a text that starts so for a formula: an apostrophe before it makes it a text. */
function defuse(text: string): string {
  return /^[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text
}
