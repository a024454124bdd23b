import type { Comparison } from '../../measure/compare.js'
import { missedSince } from '../months.js'
import { groupBy, isUnit, spokenOf, type Writer } from './writer.js'

/** How many months of the same figure, and units behind, are named. */
const NAMED = 3

/** Per metric of the plan that can be computed in the period: its highest and lowest months, and since when the total, levels and units have been behind. */
export function monthsText(writer: Writer): string[] {
  const missing = new Set(
    writer.report.rows.filter((row) => writer.isMain(row) && row.state === 'not_computable').map(({ metric }) => metric),
  )
  const rows = writer.report.trend.filter(
    ({ metric, field, procedure, factor }) => field === null && procedure === null && factor === null && !missing.has(metric),
  )
  return spokenOf(
    groupBy(rows, ({ metric }) => metric),
    writer,
  ).flatMap(([metric, months]) => {
    const main = months.filter((row) => writer.isMain(row))
    const sentences = [rangeOf(metric, main, writer), sinceOf(writer.report.unit ? main : months, writer)].filter((text) => text !== null)
    return sentences.length > 0 ? [sentences.join(' ')] : []
  })
}

function rangeOf(metric: string, rows: readonly Comparison[], writer: Writer): string | null {
  const known = rows.filter(({ shown }) => shown !== null)
  if (known.length < 2) return null
  const name = writer.name(metric)
  const months = writer.amount('month', known.length)
  const figures = known.map(({ shown }) => shown!)
  const [high, low] = [Math.max(...figures), Math.min(...figures)]
  if (high === low) return writer.sentence('months_flat', { metric: name, months, value: writer.percent(high) })
  const when = (figure: number): string => {
    const same = known.filter(({ shown }) => shown === figure)
    return same.length > NAMED ? writer.amount('month', same.length) : same.map(({ month }) => writer.month(month!)).join(', ')
  }
  return writer.sentence('months_range', {
    metric: name,
    months,
    high: writer.percent(high),
    high_months: when(high),
    low: writer.percent(low),
    low_months: when(low),
  })
}

/** Who misses the target in the last month, and since when: the total, the levels, and the units that have done so for longest. */
function sinceOf(rows: readonly Comparison[], writer: Writer): string | null {
  const places = groupBy(rows, ({ level, unit }) => JSON.stringify(unit ? [unit.code, unit.name] : level))
  const spans = places.flatMap(([, months]) => {
    const since = months.at(-1)!.status === 'missed' ? missedSince(months) : null
    const isFirst = since !== null && since.month === months.find(({ shown }) => shown !== null)!.month
    return since === null ? [] : [{ ...since, row: months[0]!, isFirst }]
  })
  const units = spans.filter(({ row, count }) => isUnit(row) && (count > 1 || writer.isMain(row))).sort((a, b) => b.count - a.count)
  const parts = [...spans.filter(({ row }) => row.unit === null), ...units.slice(0, NAMED)].map(({ row, month, isFirst }) =>
    writer.phrase(isFirst ? 'since_before' : 'since_month', { place: writer.place(row), month: writer.month(month) }),
  )
  return parts.length > 0 ? writer.sentence('since', { metric: writer.name(rows[0]!.metric), places: parts.join('; ') }) : null
}
