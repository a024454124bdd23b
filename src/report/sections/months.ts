import { shareHundredths } from '../../language/format.js'
import type { Comparison } from '../../measure/compare.js'
import { partName } from '../figures.js'
import { isTotal } from '../../measure/result.js'
import { indexTrend, monthsOf, shortMonth } from '../months.js'
import { column, partByPlan, rateCell, row, say, table, textCell, type SectionMaker } from './section.js'

/** Months up to the period's end: every metric as a whole, and its levels where only they have a target; of one unit, that unit's. */
export const months: SectionMaker = {
  title: 'section_months',
  trend: [['level']],
  make: ({ report, language, metrics }) => {
    const trend = indexTrend(report.trend)
    const [planned] = partByPlan(metrics, report.rows)
    const lines = planned.flatMap((metric) => {
      const places = report.rows.filter((one) => one.metric === metric.id && isShown(one, report.unit !== null))
      const total = places.find((one) => report.unit !== null || isTotal(one))
      const parts =
        total?.target === null ? places.filter(({ level, unit, target }) => unit === null && level !== null && target !== null) : []
      return (parts.length > 0 ? parts : total ? [total] : []).map((figure) => ({
        metric,
        name: figure.unit || isTotal(figure) ? metric.short[language] : `${metric.short[language]}, ${partName(figure, language)}`,
        months: monthsOf(figure, trend),
      }))
    })
    const drawn = lines.filter((line) => line.months.some(({ value }) => value !== null))
    if (drawn.length === 0) return null
    const labels = [...new Set(drawn.flatMap((line) => line.months.map(({ month }) => month!)))].sort()
    const figure = (line: (typeof drawn)[number], label: string): Comparison | undefined => line.months.find(({ month }) => month === label)
    const columns = [
      column('month', 'text', say(language, 'month')),
      ...drawn.map(({ name }, i) => column(`line-${i + 1}`, 'rate', name, { isBare: true })),
    ]
    const rows = labels.map((label) =>
      row(
        [textCell(shortMonth(label)), ...drawn.map((line) => (figure(line, label) ? rateCell(figure(line, label)!, true) : textCell('')))],
        1,
      ),
    )
    const chart = {
      kind: 'line' as const,
      months: labels.map(shortMonth),
      series: drawn.map((line) => ({
        name: line.name,
        shown: labels.map((label) => figure(line, label)?.shown ?? null),
        targets: labels.map((label) => percent(figure(line, label)?.target ?? null)),
        isLowerBetter: line.metric.direction === 'lower',
      })),
    }
    const caption = say(language, 'caption_months')
    return { tables: [table('months', caption, columns, rows, { chart, isWide: true })], notes: [say(language, 'legend_marks')] }
  },
}

function isShown({ unit, field, procedure, month, factor }: Comparison, isOfUnit: boolean): boolean {
  return (unit !== null) === isOfUnit && [field, procedure, month, factor].every((one) => one === null)
}

function percent(share: number | null): number | null {
  return share === null ? null : shareHundredths(share)
}
