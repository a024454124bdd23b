import { ToolError } from '../errors.js'
import type { Definitions } from '../definitions/load.js'
import { clean, fold } from '../language/fold.js'
import { parseNumber, parseShare } from '../language/number.js'
import { parsePeriod } from '../language/period.js'
import type { FactRecord, RecordReader, RecordReject } from './records.js'
import { lookup } from './survey.js'
import type { Title } from './title.js'

/** Sums of form II.06a: the first is the sum of the others. */
const IDENTITIES = [
  ['received_total', 'received_online', 'received_offline', 'carried_over'],
  ['resolved_total', 'resolved_early', 'resolved_on_time', 'resolved_late'],
  ['pending_total', 'pending_within_due', 'pending_overdue'],
  ['received_total', 'resolved_total', 'pending_total'],
] as const

const TOTAL = /^(tổng cộng|tổng số|tổng|cộng|toàn tỉnh|total)\s*:?$/

/**
 * Figures that offices report: a row an indicator (counts or a value), or a row a unit or field with a column a count. `title` says what
 * holds for all rows that do not say it themselves. A row whose counts do not add up as the form demands is rejected.
 */
export function indicatorReader(definitions: Definitions, title: Title): RecordReader {
  const levels = lookup(definitions.vocabularies.level!)
  const names = new Map<string, string>()
  for (const { id, label, short } of definitions.metrics.values())
    for (const name of [id, label.vi, label.en, short.vi, short.en]) if (!names.has(fold(name))) names.set(fold(name), id)
  for (const [id, { label }] of Object.entries(definitions.indicators))
    for (const name of [id, label.vi, label.en]) if (!names.has(fold(name))) names.set(fold(name), id)
  const counted = Object.keys(definitions.indicators)
  return {
    table: 'reported_indicator_version',
    columns: {
      indicator: 'VARCHAR',
      level: 'VARCHAR',
      unit: 'VARCHAR',
      field: 'VARCHAR',
      period: 'VARCHAR',
      numerator: 'BIGINT',
      denominator: 'BIGINT',
      value: 'DOUBLE',
      source: 'VARCHAR',
    },
    read: (cell) => {
      const said = (id: string): string | null => clean(cell(id) ?? '') || null
      const place = readPlace(said)
      if ('reason' in place) return place
      const common = { ...place, source: said('source') }
      const figures = said('indicator') === null ? readCounts(said, counted) : readFigure(said, names, definitions)
      if ('reason' in figures) return figures
      if (figures.length === 0) return { skip: 'no figures' }
      return figures.map((figure): FactRecord => {
        const key = [
          figure.indicator,
          common.level,
          common.unit && fold(common.unit),
          common.field && fold(common.field),
          common.period,
        ].join('|')
        return { key, values: { ...common, ...figure } }
      })
    },
  }

  function readPlace(said: (id: string) => string | null): Record<'level' | 'unit' | 'field' | 'period', string | null> | RecordReject {
    const levelText = said('level')
    const level = levelText === null || TOTAL.test(fold(levelText)) ? null : levels.get(fold(levelText))
    if (level === undefined)
      return { column: 'level', text: levelText, reason: 'unknown_value', hint: 'write Cấp tỉnh, Cấp huyện or Cấp xã' }
    const period = said('period') ?? title.period
    const label = period === null ? null : labelOf(period)
    if (label === null)
      return {
        column: 'period',
        text: period,
        reason: 'invalid_period',
        hint: 'write 2025-Q3, Quý III/2025, 09/2025; or say it with --period',
      }
    const part = (id: string): string | null => {
      const text = said(id)
      return text === null || TOTAL.test(fold(text)) ? null : text
    }
    return { level, unit: part('unit') ?? title.unit, field: part('field'), period: label }
  }
}

type Figure = Record<'indicator' | 'numerator' | 'denominator' | 'value', string | null> & { indicator: string }

function readCounts(said: (id: string) => string | null, counted: readonly string[]): Figure[] | RecordReject {
  const counts = new Map<string, number>()
  for (const id of counted) {
    const text = said(id)
    if (text === null) continue
    const count = readCount(text)
    if (count === null) return { column: id, text, reason: 'invalid_number', hint: 'write a whole number: 1.234' }
    counts.set(id, count)
  }
  for (const [total, ...parts] of IDENTITIES) {
    const values = parts.map((part) => counts.get(part))
    const sum = values.reduce<number>((all, value) => all + (value ?? 0), 0)
    if (counts.has(total) && !values.includes(undefined) && sum !== counts.get(total))
      return { column: total, text: said(total), reason: 'sum_differs', hint: `${parts.join(' + ')} = ${sum}` }
  }
  return [...counts].map(([indicator, count]) => ({ indicator, numerator: String(count), denominator: null, value: null }))
}

function readFigure(
  said: (id: string) => string | null,
  names: ReadonlyMap<string, string>,
  definitions: Definitions,
): Figure[] | RecordReject {
  const text = said('indicator')!
  const indicator = names.get(fold(text)) ?? text
  const counts: Record<string, string | null> = {}
  for (const id of ['numerator', 'denominator']) {
    const cell = said(id)
    const count = cell === null ? null : readCount(cell)
    if (cell !== null && count === null) return { column: id, text: cell, reason: 'invalid_number', hint: 'write a whole number: 1.234' }
    counts[id] = count === null ? null : String(count)
  }
  const valueText = said('value')
  const value = valueText === null ? null : readValue(valueText, definitions.metrics.has(indicator))
  if (valueText !== null && value === null)
    return { column: 'value', text: valueText, reason: 'invalid_number', hint: 'write 92,17 % or 1.375' }
  if (counts.numerator === null && value === null) return []
  if (definitions.indicators[indicator] && counts.numerator === null && Number.isInteger(value))
    return [{ indicator, numerator: String(value), denominator: null, value: null }]
  return [{ indicator, numerator: counts.numerator!, denominator: counts.denominator!, value: value === null ? null : String(value) }]
}

function readCount(text: string): number | null {
  const value = parseNumber(text)
  return value !== null && Number.isInteger(value) && value >= 0 ? value : null
}

function readValue(text: string, isRate: boolean): number | null {
  if (!isRate && !text.endsWith('%')) return parseNumber(text) ?? (/^\d+\.\d+$/.test(text) ? Number(text) : null)
  const read = parseShare(text)
  return 'share' in read ? read.share : null
}

function labelOf(text: string): string | null {
  try {
    return parsePeriod(text).label
  } catch (error) {
    if (error instanceof ToolError) return null
    throw error
  }
}
