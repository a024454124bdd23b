import { partName, shownTarget } from '../figures.js'
import { isTotal } from '../../measure/result.js'
import { shortfallNotes } from '../notes.js'
import { indexTrend, monthsOf, shortMonth, type TrendIndex } from '../months.js'
import type { MetricDefinition } from '../../definitions/load.js'
import { shareHundredths } from '../../language/format.js'
import { periodName, shortestLabel } from '../../language/period.js'
import type { BulletChart, Column, Row, Table } from '../document.js'
import { judgedOnce } from '../../measure/check.js'
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
    return made && { tables: [made], notes: shortfallNotes(source.report.rows.filter(isWhole), source.definitions, source.language) }
  },
}

/** A line for each metric as a whole, then its levels, with the months, and bars where there are targets. */
export function figureTable(id: string, caption: LabelKey, metrics: readonly MetricDefinition[], source: Source): Table | null {
  const { report, language } = source
  const trend = indexTrend(report.trend)
  const figures = metrics.flatMap((metric) =>
    report.rows.filter((one) => one.metric === metric.id && isWhole(one)).map((figure) => ({ metric, figure })),
  )
  if (figures.length === 0) return null
  const hasTargets = figures.some(({ figure }) => figure.target !== null)
  const columns = [column('metric', 'text', say(language, 'metric')), ...figureColumns(report, language, hasTargets)]
  const rows = figures.map(({ metric, figure }) => {
    const name = isTotal(figure) ? metric.short[language] : partName(figure, language)
    return row([textCell(name), ...figureCells(figure, columns, trend)], isTotal(figure) ? 0 : 1)
  })
  return table(id, say(language, caption), columns, rows, { chart: bulletsOf(figures, source) })
}

/** The columns that put a figure beside the plan and beside earlier periods. */
export function figureColumns(report: Report, language: Language, hasTargets: boolean): Column[] {
  const earlier = (id: string, before: Comparison['previous']): Column[] => {
    if (before === null) return []
    const heading = periodName(shortestLabel({ ...before.period, calendar: report.period.calendar }), language)
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
          ...(report.rows.some(({ shortfall }) => shortfall !== null)
            ? [column('needed', 'count', say(language, 'needed'), { rank: 2 })]
            : []),
        ]
      : []),
    ...earlier('previous', earlierIn(report, 'previous')),
    ...earlier('year_ago', earlierIn(report, 'yearAgo')),
    column('numerator', 'count', say(language, 'numerator'), { rank: 4 }),
    column('denominator', 'count', say(language, 'denominator'), { rank: 4 }),
    ...(report.trend.length > 0 ? [column('trend', 'trend', say(language, 'months_shown'), { rank: 5 })] : []),
  ]
}

/** A figure of the earlier period; null where there is none, and so nothing to stand beside. */
function earlierIn({ rows }: Report, which: 'previous' | 'yearAgo'): Comparison['previous'] {
  return rows.find((row) => row[which]?.value != null)?.[which] ?? null
}

/** The cells of a line with those columns, after its name. */
export function figureCells(figure: Comparison, columns: readonly Column[], trend: TrendIndex): Row['cells'] {
  const has = (id: string): boolean => columns.some((one) => one.id === id)
  const months = monthsOf(figure, trend)
  return [
    rateCell(figure),
    ...(has('target') ? [targetCell(figure), gapCell(figure), statusCell(figure)] : []),
    ...(has('needed') ? [countCell(figure.shortfall?.needed ?? null)] : []),
    ...(has('previous') ? earlierCells(figure.previous) : []),
    ...(has('year_ago') ? earlierCells(figure.yearAgo) : []),
    countCell(figure.numerator),
    countCell(figure.denominator),
    ...(has('trend')
      ? [{ kind: 'trend' as const, months: months.map(({ month }) => shortMonth(month!)), shown: months.map(({ shown }) => shown) }]
      : []),
  ]
}

/** Bars of the metrics of which some figure has a target; of two that say the same (late beside on time) one. Null without any. */
export function bulletsOf(
  figures: readonly { metric: MetricDefinition; figure: Comparison }[],
  { definitions, language }: Source,
): BulletChart | null {
  const judged = judgedOnce(
    figures.map(({ figure }) => figure),
    definitions,
  )
  const drawn = new Set(judged.filter(({ shown }) => shown !== null).map(({ metric }) => metric))
  const items = figures
    .filter(({ metric, figure }) => drawn.has(metric.id) && figure.shown !== null)
    .map(({ metric, figure }) => ({
      name: isTotal(figure) || figure.unit ? metric.short[language] : partName(figure, language),
      depth: isTotal(figure) || figure.unit ? (0 as const) : (1 as const),
      shown: figure.shown,
      target: figure.target === null ? null : shareHundredths(figure.target),
      targetText: shownTarget(figure, language),
      status: figure.status,
      isLowerBetter: metric.direction === 'lower',
    }))
  return items.length === 0 ? null : { kind: 'bullet', items }
}
