import { ToolError } from '../errors.js'
import { say, summed } from '../messages/message.js'
import type { Definitions } from '../definitions/load.js'
import { clean, fold } from '../language/fold.js'
import { isAsPublished } from '../language/format.js'
import { saysPercent } from '../language/number.js'
import { marksOf, parseMarked, type Marks } from '../language/number-marks.js'
import { parsePeriod } from '../language/period.js'
import type { ColumnTexts, FactRecord, RecordReader, RecordReject } from './records.js'
import { bothReadings, isRanking, readPlaces, readRank, readValue } from './reported-value.js'
import { lookup } from './survey.js'
import { saidUnits } from '../language/units-said.js'
import type { Title } from '../reading/title.js'

/** Sums of form II.06a: the first is the sum of the others. */
const IDENTITIES = [
  ['received_total', 'received_online', 'received_offline', 'carried_over'],
  ['resolved_total', 'resolved_early', 'resolved_on_time', 'resolved_late'],
  ['pending_total', 'pending_within_due', 'pending_overdue'],
  ['received_total', 'resolved_total', 'pending_total'],
] as const

const TOTAL = /^(tổng cộng|tổng số|tổng|cộng|toàn tỉnh|total)\s*:?$/

/** The columns of the file, and the sheet it is. */
export interface IndicatorColumns {
  columns: readonly { id: string; header: string }[]
  sheet: string | null
}

/**
 * Figures that offices report: a row an indicator (counts or a value), or a row a unit or field with a column a count. `title` says what
 * holds for all rows that do not say it themselves. A row whose counts do not add up as the form demands is rejected.
 */
export function indicatorReader(definitions: Definitions, title: Title, { columns, sheet }: IndicatorColumns): RecordReader {
  const levels = lookup(definitions.vocabularies.level!)
  const names = new Map<string, string>()
  for (const { id, label, short } of definitions.metrics.values())
    for (const name of [id, label.vi, label.en, short.vi, short.en]) if (!names.has(fold(name))) names.set(fold(name), id)
  for (const [id, { label }] of Object.entries(definitions.indicators))
    for (const name of [id, label.vi, label.en]) if (!names.has(fold(name))) names.set(fold(name), id)
  const counted = Object.keys(definitions.indicators)
  const isPercent = title.isPercent || columns.some(({ id, header }) => id === 'value' && saysPercent(header))
  let marks: ReadonlyMap<string, Marks> = new Map()
  let contradictions = 0
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
      measure: 'VARCHAR',
      digits: 'UTINYINT',
      bound: 'VARCHAR',
      source: 'VARCHAR',
      units: 'VARCHAR',
    },
    look: (texts) => {
      marks = marksOfColumns(texts, counted, sheet !== null)
    },
    told: () => (contradictions > 0 ? { contradiction: contradictions } : {}),
    read: (cell) => {
      const said = (id: string): string | null => clean(cell(id) ?? '') || null
      const place = readPlace(said)
      if ('reason' in place) return place
      const units = said('units')
      const counting = units === null ? title.units : saidUnits(units)
      if (units !== null && counting === null)
        return { column: 'units', text: units, reason: 'unknown_value', hint: say('ingest.write_units') }
      const common = { ...place, source: said('source'), units: counting }
      const marksIn = (id: string): Marks => marks.get(id) ?? 'vi'
      const context = { names, definitions, marks: marksIn, isPercent, tell: () => void contradictions++ }
      const figures = said('indicator') === null ? readCounts(said, counted, marksIn) : readFigure(said, context)
      if ('reason' in figures) return figures
      if (figures.length === 0) return { skip: 'no figures' }
      return figures.map((figure): FactRecord => {
        const key = [
          figure.indicator,
          common.level,
          common.unit && fold(common.unit),
          common.field && fold(common.field),
          common.period,
          ...(counting === null ? [] : [counting]),
        ].join('|')
        return { key, values: { ...common, ...figure } }
      })
    },
  }

  function readPlace(said: (id: string) => string | null): Record<'level' | 'unit' | 'field' | 'period', string | null> | RecordReject {
    const levelText = said('level')
    const level = levelText === null || TOTAL.test(fold(levelText)) ? null : levels.get(fold(levelText))
    if (level === undefined) return { column: 'level', text: levelText, reason: 'unknown_value', hint: say('ingest.write_level') }
    const period = said('period') ?? title.period
    const label = period === null ? null : (labelOf(period) ?? labelOf(`${period} ${title.period?.slice(0, 4) ?? ''}`))
    if (label === null)
      return {
        column: 'period',
        text: period,
        reason: 'invalid_period',
        hint: say('ingest.write_period'),
      }
    const part = (id: string): string | null => {
      const text = said(id)
      return text === null || TOTAL.test(fold(text)) ? null : text
    }
    return { level, unit: part('unit') ?? title.unit, field: part('field'), period: label }
  }
}

type Figure = Record<'indicator' | 'numerator' | 'denominator' | 'value' | 'measure' | 'digits' | 'bound', string | null> & {
  indicator: string
}
type Said = (id: string) => string | null

const NOTHING = { numerator: null, denominator: null, value: null, measure: null, digits: null, bound: null }

/** How the numbers of each column are written; counts that do not tell by themselves are written as the other counts of the file. */
function marksOfColumns(columns: readonly ColumnTexts[], counted: readonly string[], isSheet: boolean): ReadonlyMap<string, Marks> {
  const isCount = (id: string): boolean => counted.includes(id) || id === 'numerator' || id === 'denominator'
  const texts = (ids: (id: string) => boolean): string[] => columns.filter(({ id }) => ids(id)).flatMap((one) => [...one.texts])
  const together = marksOf(texts(isCount), { isWhole: true, isSheet })
  return new Map(
    columns.map(({ id, texts: own }) => {
      const marks = marksOf(own, { isWhole: isCount(id), isSheet })
      return [id, marks === 'doubt' && isCount(id) ? together : marks]
    }),
  )
}

function readCounts(said: Said, counted: readonly string[], marks: (id: string) => Marks): Figure[] | RecordReject {
  const counts = new Map<string, number>()
  for (const id of counted) {
    const text = said(id)
    if (text === null) continue
    const count = readCount(id, text, marks(id))
    if (typeof count !== 'number') return count
    counts.set(id, count)
  }
  for (const [total, ...parts] of IDENTITIES) {
    const values = parts.map((part) => counts.get(part))
    const sum = values.reduce<number>((all, value) => all + (value ?? 0), 0)
    if (counts.has(total) && !values.includes(undefined) && sum !== counts.get(total))
      return {
        column: total,
        text: said(total),
        reason: 'sum_differs',
        hint: say('ingest.sum_is', { parts: summed(parts), sum: String(sum) }),
      }
  }
  const [paid, due] = [counts.get('fee_paid_online'), counts.get('fee_due')]
  if (paid !== undefined && due !== undefined && paid > due) return aboveWhole('fee_paid_online', paid, due)
  return [...counts].map(([indicator, count]) => ({ ...NOTHING, indicator, numerator: String(count) }))
}

interface FigureContext {
  names: ReadonlyMap<string, string>
  definitions: Definitions
  marks: (id: string) => Marks
  isPercent: boolean
  tell: () => void
}

/** One indicator: counts, a value, or both; counts decide where the two differ, which is told. */
function readFigure(said: Said, { names, definitions, marks, isPercent, tell }: FigureContext): Figure[] | RecordReject {
  const text = said('indicator')!
  const indicator = names.get(fold(text)) ?? text
  const isRate = definitions.metrics.has(indicator)
  const valueText = said('value')
  const rank = valueText === null || isRate ? null : readRank(valueText, isRanking(indicator))
  if (rank)
    return [
      { ...NOTHING, indicator, numerator: String(rank.place), denominator: rank.of === null ? null : String(rank.of), measure: 'rank' },
    ]
  const counts: Record<'numerator' | 'denominator', number | null> = { numerator: null, denominator: null }
  for (const id of ['numerator', 'denominator'] as const) {
    const cell = said(id) ?? partOf(valueText, id)
    const count = cell === null ? null : readCount(id, cell, marks(id))
    if (typeof count === 'object' && count !== null) return count
    counts[id] = count
  }
  const { numerator, denominator } = counts
  const both = numerator !== null && denominator !== null && denominator > 0 ? { numerator, denominator } : null
  if (isRate && numerator !== null && denominator !== null && numerator > denominator)
    return aboveWhole('numerator', numerator, denominator)
  const isPair = valueText !== null && partOf(valueText, 'numerator') !== null
  const isShare = isPercent || saysPercent(said('value_unit') ?? '')
  const value =
    valueText === null || isPair ? null : readValue(valueText, { isRate, isPercent: isShare, counts: both, marks: marks('value') })
  if (value !== null && 'reason' in value) return value
  if (numerator === null && value === null) {
    const places = readPlaces(said('note') ?? '')
    if (places === null && isRanking(indicator)) return { column: 'indicator', text, reason: 'no_figure', hint: say('ingest.write_places') }
    return places === null ? [] : [{ ...NOTHING, indicator, value: String(places), measure: 'places', digits: '0' }]
  }
  if (definitions.indicators[indicator] && numerator === null && value !== null && Number.isInteger(value.value) && value.measure === null)
    return [{ ...NOTHING, indicator, numerator: String(value.value), bound: value.bound }]
  if (both && value?.measure === 'percent' && value.bound === null && !isAsPublished(value.value, numerator! / denominator!, value.digits))
    tell()
  return [
    {
      indicator,
      numerator: numerator === null ? null : String(numerator),
      denominator: denominator === null ? null : String(denominator),
      value: value === null ? null : String(value.value),
      measure: value?.measure ?? (isRanking(indicator) && both ? 'rank' : null),
      digits: value === null ? null : String(value.digits),
      bound: value?.bound ?? null,
    },
  ]
}

/** The counts of a value that is written as two: `34/34`. */
function partOf(value: string | null, part: 'numerator' | 'denominator'): string | null {
  const pair = /^([\d.,]+) ?\/ ?([\d.,]+)$/.exec(clean(value ?? ''))
  return pair ? pair[part === 'numerator' ? 1 : 2]! : null
}

function readCount(column: string, text: string, marks: Marks): number | RecordReject {
  const value = parseMarked(text, marks)
  if (value !== null && typeof value === 'object')
    return { column, text, reason: 'ambiguous_number', hint: bothReadings(text, value.readings) }
  if (value !== null && Number.isInteger(value) && value >= 0) return value
  return { column, text, reason: 'invalid_number', hint: say('ingest.write_whole') }
}

function aboveWhole(column: string, part: number, whole: number): RecordReject {
  return {
    column,
    text: String(part),
    reason: 'above_whole',
    hint: say('ingest.above_whole', { part: String(part), whole: String(whole) }),
  }
}

function labelOf(text: string): string | null {
  try {
    return parsePeriod(text).label
  } catch (error) {
    if (error instanceof ToolError) return null
    throw error
  }
}
