import type { Definitions, MetricDefinition } from '../definitions/load.js'
import { formatDate } from '../language/date.js'
import { formatCount, formatHundredths, shareHundredths } from '../language/format.js'
import { isLabel, label, type LabelKey, type Language } from '../language/labels.js'
import { lastDay, periodName } from '../language/period.js'
import { isStrict } from '../language/plan-words.js'
import type { Comparison } from '../measure/compare.js'
import type { Report } from '../measure/report.js'
import { noteTexts, shortfallNotes } from './notes.js'
import { indexTrend, type TrendIndex } from './months.js'
import { isTotal, type Place } from '../measure/result.js'

/** A line of the KPI table: a figure, or a part of the one above it. */
export interface KpiRow {
  depth: 0 | 1
  name: string
  comparison: Comparison
}

/** What every renderer for people shows: title, lines, notes; texts in one language, figures still figures. */
export interface KpiList {
  language: Language
  title: string
  rows: KpiRow[]
  /** The months of each, where they were measured. */
  trend: TrendIndex
  notes: string[]
  definitions: { name: string; text: string }[]
  next: string | null
}

/** Lays a report out for people. Metrics that nothing carries are named in a note instead of filling lines. */
export function makeKpiList(report: Report, definitions: Definitions, language: Language, office: string | null): KpiList {
  const computable = new Set(report.rows.filter(({ state }) => state !== 'not_computable').map(({ metric }) => metric))
  const metricOf = (id: string): MetricDefinition => definitions.metrics.get(id)!
  const rows = worstFirst(
    report.rows.filter(({ metric }) => computable.has(metric)),
    metricOf,
  )
  const period = label(language, 'period_title', {
    period: periodName(report.period.label, language),
    from: formatDate(report.period.from),
    to: formatDate(lastDay(report.period)),
  })
  const title = [office, period, ...dataWords(report, language)].filter((part) => part !== null).join(' · ')
  const twins = sharedNames(rows)
  const used = [...new Set(rows.map(({ metric }) => metric))].map(metricOf)
  return {
    language,
    title,
    rows: rows.map((comparison) => ({
      depth: isTotal(comparison) ? 0 : 1,
      name: isTotal(comparison) ? metricOf(comparison.metric).short[language] : partName(comparison, language, twins),
      comparison,
    })),
    trend: indexTrend(report.trend),
    notes: [...shortfallNotes(rows, definitions, language), ...noteTexts(report, definitions, language)],
    definitions: used.map((metric) => ({ name: metric.short[language], text: metric.definition[language] })),
    next: label(language, 'next_check', { period: report.period.label }),
  }
}

/** What the figures reach to: the day they are cut at, where the period goes on, and the newest of what they count. */
export function dataWords({ period, asOf, dataTo }: Pick<Report, 'period' | 'asOf' | 'dataTo'>, language: Language): string[] {
  const to = (key: LabelKey, day: string | null): string[] => (day === null ? [] : [label(language, key, { date: formatDate(day) })])
  return [...to('as_of', asOf < lastDay(period) ? asOf : null), ...to('dossiers_to', dataTo.dossiers), ...to('answers_to', dataTo.answers)]
}

/** What is said of a period that the tool chose. */
export function defaultPeriodWords(
  { period, asOf, dataTo, isWholePeriod }: Pick<Report, 'period' | 'asOf' | 'dataTo' | 'isWholePeriod'>,
  language: Language,
): string {
  const name = language === 'vi' ? periodName(period.label, language) : period.label
  return isWholePeriod
    ? label(language, 'default_period', { period: name })
    : label(language, 'default_period_in_part', { period: name, date: formatDate(dataTo.dossiers ?? dataTo.answers ?? asOf) })
}

/** Where a figure belongs. */
export type Placed = Omit<Place, 'period'>

/** What a part is called: its unit (with its code where another bears the name), else its level, with field, procedure, factor, month. */
export function partName(row: Placed, language: Language, twins: ReadonlySet<string> = new Set()): string {
  const { level, unit, field, procedure, month, factor } = row
  const place = unit ? unitName(unit, language) : level ? label(language, level) : null
  const code = unit?.code && twins.has(unit.name) ? ` (${unit.code})` : ''
  const blank = label(language, 'blank_value')
  return [
    place === null ? null : place + code,
    field === null ? null : field || blank,
    procedure && (procedure.name ?? procedure.code ?? blank),
    factor === null ? null : factorName(factor, language) || blank,
    month === null ? null : periodName(month, language),
  ]
    .filter((part) => part !== null)
    .join(' · ')
}

/** A factor of satisfaction by its usual name; one of the office's own as it is. */
function factorName(factor: string, language: Language): string {
  const key = `factor_${factor}`
  return isLabel(key) ? label(language, key) : factor
}

/** Names that several units of a report bear. */
export function sharedNames(rows: readonly Pick<Placed, 'unit'>[]): Set<string> {
  const codes = new Map<string, string>()
  const shared = new Set<string>()
  for (const { unit } of rows) {
    if (unit?.code == null) continue
    const known = codes.get(unit.name)
    if (known !== undefined && known !== unit.code) shared.add(unit.name)
    codes.set(unit.name, unit.code)
  }
  return shared
}

export function unitName(unit: { code: string | null; name: string }, language: Language): string {
  if (unit.code !== null) return unit.name
  return label(language, unit.name === 'not_attributable' || unit.name === 'no_unit' ? unit.name : 'unknown_unit')
}

/** Units under a metric: the farthest behind their target first, then the worst figures. The rest keeps its order. */
function worstFirst(rows: readonly Comparison[], metricOf: (id: string) => MetricDefinition): Comparison[] {
  const isUnit = (row: Comparison): boolean => row.unit !== null && row.month === null
  const group = (row: Comparison): number => (row.status === 'missed' ? 0 : row.status === 'no_data' || row.value === null ? 1 : 2)
  const badness = (row: Comparison): number => {
    const sign = metricOf(row.metric).direction === 'higher' ? -1 : 1
    return sign * (row.status === 'missed' ? row.gap! : (row.value ?? 0))
  }
  const sorted: Comparison[] = []
  for (let i = 0; i < rows.length;) {
    let end = i
    while (end < rows.length && isUnit(rows[end]!) && rows[end]!.metric === rows[i]!.metric) end++
    if (end === i) sorted.push(rows[i++]!)
    else {
      for (const row of rows.slice(i, end).sort((a, b) => group(a) - group(b) || badness(b) - badness(a))) sorted.push(row)
      i = end
    }
  }
  return sorted
}

/** The shown value, or the state in words. */
export function shownValue(comparison: Comparison, language: Language): string {
  return comparison.shown === null
    ? label(language, comparison.state === 'value' ? 'no_data' : comparison.state)
    : formatHundredths(comparison.shown, language)
}

/** A target as shown, with its sign where it is strict: "> 60,00 %"; empty without one. */
export function shownTarget({ target, targetOperator }: Pick<Comparison, 'target' | 'targetOperator'>, language: Language): string {
  if (target === null) return ''
  return `${isStrict(targetOperator) ? `${targetOperator} ` : ''}${formatHundredths(shareHundredths(target), language)}`
}

/** The gap as shown, in percentage points, from the shown value: figures in a row agree with each other. */
export function shownGap(comparison: Comparison, language: Language): string {
  if (comparison.shown === null || comparison.target === null) return ''
  const gap = comparison.shown - shareHundredths(comparison.target)
  return formatHundredths(gap, language, { sign: gap !== 0, unit: '' })
}

/** How many cases more (or, where lower is better, fewer) would reach the target; empty where it is not missed. */
export function shownNeeded({ shortfall }: Comparison, language: Language): string {
  return shortfall === null ? '' : formatCount(shortfall.needed, language)
}

/** The status in a word; below its target is good where lower is better. */
export function statusText({ status, gap }: Comparison, language: Language): string {
  return label(language, status === 'exceeded' && gap! < 0 ? 'below' : status)
}
