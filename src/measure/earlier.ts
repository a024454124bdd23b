import type { Definitions, MetricDefinition } from '../definitions/load.js'
import { addDays } from '../language/date.js'
import { fold } from '../language/fold.js'
import { earlier, lastDay, monthsIn, periodKind, type Period } from '../language/period.js'
import type { Comparison, Earlier } from './compare.js'
import type { MetricResult } from './result.js'
import { shownHundredths } from './shown.js'

export type EarlierPeriod = 'previous' | 'year-ago'

/**
 * The earlier period; where the current one is cut at a day, the earlier one is cut at the same day of its month (the last, where it has no such
 * day), or, of days that are no months, as long after its start.
 */
export function earlierOf(period: Period, cut: Period, which: EarlierPeriod): Period {
  const before = earlier(period, which)
  if (cut.until === period.until) return before
  const days = (Date.parse(cut.until) - Date.parse(cut.from)) / 86_400_000
  const isByDate = which === 'year-ago' || periodKind(period.label) !== 'days'
  const until = isByDate ? addDays(monthsBefore(lastDay(cut), monthOf(period.from) - monthOf(before.from)), 1) : addDays(before.from, days)
  return { ...before, until: until < before.until ? until : before.until }
}

const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1

function monthsBefore(day: string, months: number): string {
  const index = monthOf(day) - months
  const [year, month] = [Math.floor(index / 12), (index % 12) + 1]
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const two = (n: number): string => String(n).padStart(2, '0')
  return `${year}-${two(month)}-${two(Math.min(Number(day.slice(8)), last))}`
}

/** Adds the figures of an earlier period to the ones they belong to; months to those in the same place. */
export function addEarlier(
  rows: readonly Comparison[],
  past: readonly MetricResult[],
  periods: { cut: Period; before: Period },
  as: 'previous' | 'yearAgo',
  definitions: Definitions,
): void {
  const places = (period: Period): Map<string, number> => new Map(monthsIn(period).map(({ label }, i) => [label, i]))
  const [nowPlaces, pastPlaces] = [places(periods.cut), places(periods.before)]
  const keyOf = (result: MetricResult, months: Map<string, number>): string =>
    identity(result, result.month === null ? null : (months.get(result.month) ?? null))
  const known = new Map(past.map((result) => [keyOf(result, pastPlaces), result]))
  for (const row of rows) {
    const before = known.get(keyOf(row, nowPlaces))
    if (before) row[as] = earlierFigure(row, before, definitions.metrics.get(row.metric)!)
  }
}

function earlierFigure({ value, shown }: Comparison, before: MetricResult, metric: MetricDefinition): Earlier {
  const [n, d] = [before.numerator, before.denominator]
  const shownBefore = before.value === null ? null : shownHundredths(n!, d!, metric, [])
  return {
    value: before.value,
    change: before.value === null || value === null ? null : Math.round((value - before.value) * 1e8) / 1e8,
    shown: shownBefore,
    moved: shownBefore === null || shown === null ? null : shown - shownBefore,
    numerator: n,
    denominator: d,
    period: before.period,
  }
}

function identity({ metric, level, unit, field, procedure, factor }: MetricResult, month: number | null): string {
  const said = (text: string | null | undefined): string | null => (text == null ? null : fold(text))
  const procedureKey = procedure && (procedure.code ?? `name:${said(procedure.name)}`)
  return JSON.stringify([metric, unit ? null : level, unit, said(field), procedureKey, said(factor), month])
}
