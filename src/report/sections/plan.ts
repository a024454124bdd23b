import { isTotal, partName } from '../figures.js'
import { indexTrend, monthsOf, shortMonth, type TrendIndex } from '../months.js'
import type { MetricDefinition } from '../../definitions/load.js'
import { periodName, shortestLabel } from '../../language/period.js'
import type { BulletChart, Column, Row, Table } from '../document.js'
import type { Comparison } from '../../measure/compare.js'
import type { Report } from '../../measure/report.js'
import type { LabelKey, Language } from '../../language/labels.js'
import {
  column,
  countCell,
  earlierCells,
  gapCell,
  isWhole,
  partByPlan,
  rateCell,
  row,
  say,
  statusCell,
  table,
  targetCell,
  textCell,
  type SectionMaker,
  type Source,
} from './section.js'

/** Each metric of the plan: the total, then its levels. */
export const plan: SectionMaker = {
  title: 'section_plan',
  by: [['level']],
  trend: [['level']],
  covers: isWhole,
  make: (source) => {
    const [planned] = partByPlan(source.metrics, source.report.rows)
    const made = figureTable('plan', 'caption_plan', planned, source)
    return made && { tables: [made], notes: [] }
  },
}

/** A line for each metric as a whole, then its levels, with the months, and bars where there are targets. */
export function figureTable(
  id: string,
  caption: LabelKey,
  metrics: readonly MetricDefinition[],
  { report, language }: Source,
): Table | null {
  const trend = indexTrend(report.trend)
  const named = metrics.flatMap((metric) =>
    report.rows
      .filter((one) => one.metric === metric.id && isWhole(one))
      .map((figure) => ({
        name: isTotal(figure) ? metric.short[language] : partName(figure, language),
        figure,
        isLowerBetter: metric.direction === 'lower',
      })),
  )
  if (named.length === 0) return null
  const hasTargets = named.some(({ figure }) => figure.target !== null)
  const columns = [column('metric', 'text', say(language, 'metric')), ...figureColumns(report, language, hasTargets)]
  const rows = named.map(({ name, figure }) =>
    row([textCell(name), ...figureCells(figure, report, trend, hasTargets)], isTotal(figure) ? 0 : 1),
  )
  return table(id, say(language, caption), columns, rows, { chart: bulletsOf(named) })
}

/** The columns that put a figure beside the plan and beside earlier periods. */
export function figureColumns(report: Report, language: Language, hasTargets: boolean): Column[] {
  const earlier = (id: string, before: Comparison['previous']): Column[] => {
    if (before === null) return []
    const heading = periodName(shortestLabel({ ...before.period, label: '', calendar: report.period.calendar }), language)
    return [
      column(id, 'rate', [heading, say(language, 'value')], { rank: 3 }),
      column(`${id}_change`, 'points', [heading, say(language, 'change')], { rank: 2 }),
    ]
  }
  return [
    column('value', 'rate', say(language, 'value')),
    ...(hasTargets
      ? [
          column('target', 'rate', say(language, 'target')),
          column('gap', 'points', say(language, 'gap_points'), { rank: 1 }),
          column('status', 'status', say(language, 'status')),
        ]
      : []),
    ...earlier('previous', report.rows.find(({ previous }) => previous !== null)?.previous ?? null),
    ...earlier('year_ago', report.rows.find(({ yearAgo }) => yearAgo !== null)?.yearAgo ?? null),
    column('numerator', 'count', say(language, 'numerator'), { rank: 4 }),
    column('denominator', 'count', say(language, 'denominator'), { rank: 4 }),
    ...(report.trend.length > 0 ? [column('trend', 'trend', say(language, 'months_shown'), { rank: 5 })] : []),
  ]
}

/** The cells of those columns. */
export function figureCells(figure: Comparison, report: Report, trend: TrendIndex, hasTargets: boolean): Row['cells'] {
  const months = monthsOf(figure, trend)
  return [
    rateCell(figure),
    ...(hasTargets ? [targetCell(figure), gapCell(figure), statusCell(figure)] : []),
    ...(report.rows.some(({ previous }) => previous !== null) ? earlierCells(figure.previous) : []),
    ...(report.rows.some(({ yearAgo }) => yearAgo !== null) ? earlierCells(figure.yearAgo) : []),
    countCell(figure.numerator),
    countCell(figure.denominator),
    ...(report.trend.length > 0
      ? [{ kind: 'trend' as const, months: months.map(({ month }) => shortMonth(month!)), shown: months.map(({ shown }) => shown) }]
      : []),
  ]
}

/** Bars of the figures that have a target; null where none has. */
export function bulletsOf(figures: readonly { name: string; figure: Comparison; isLowerBetter: boolean }[]): BulletChart | null {
  const heading = new Map<string, string>()
  for (const { name, figure } of figures) if (isTotal(figure)) heading.set(figure.metric, name)
  const items = figures
    .filter(({ figure }) => figure.target !== null && figure.shown !== null)
    .map(({ name, figure, isLowerBetter }) => ({
      name: isTotal(figure) || figure.unit !== null ? name : `${heading.get(figure.metric) ?? figure.metric}, ${name}`,
      depth: 0 as const,
      shown: figure.shown,
      target: Math.round(figure.target! * 10_000),
      status: figure.status,
      isLowerBetter,
    }))
  return items.length === 0 ? null : { kind: 'bullet', items }
}
