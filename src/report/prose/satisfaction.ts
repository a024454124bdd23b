import type { Comparison } from '../../measure/compare.js'
import { partName } from '../figures.js'
import { oneLine } from '../list.js'
import { groupBy, type Writer } from './writer.js'

/** Each kind of answers with what it rests on, its best and worst factors; and that the kinds are not comparable where there are several. */
export function satisfactionText(writer: Writer): string[] {
  const rows = writer.report.rows.filter((row) => {
    const isWhole = writer.isMain(row) && row.field === null && row.procedure === null && row.month === null
    return isWhole && writer.metric(row.metric).population === 'answered'
  })
  const kinds = new Set<string>()
  const text = groupBy(rows, ({ metric }) => metric).flatMap(([metric, ofMetric]) => {
    const total = ofMetric.find(({ factor }) => factor === null)
    if (!total?.survey || total.shown === null) return []
    const { kind, n, mean, low, high } = total.survey
    kinds.add(kind ?? '')
    const sentence = writer.sentence('satisfaction', {
      metric: writer.name(metric),
      value: writer.percent(total.shown),
      answers: writer.cases(total, n),
      mean: writer.score(mean),
      low: writer.percent(Math.round(low * 10_000)),
      high: writer.percent(Math.round(high * 10_000)),
    })
    return [[sentence, ...factors(ofMetric, writer)].join(' ')]
  })
  return kinds.size > 1 ? [...text, writer.sentence('kinds_apart', {})] : text
}

function factors(rows: readonly Comparison[], writer: Writer): string[] {
  const known = rows.filter(({ factor, shown }) => factor !== null && shown !== null)
  const figures = known.map(({ shown }) => shown!)
  const [high, low] = [Math.max(...figures), Math.min(...figures)]
  if (known.length < 2 || high === low) return []
  const at = (figure: number): string => {
    const names = known.filter(({ shown }) => shown === figure).map((row) => oneLine(partName(row, writer.language)))
    return writer.phrase('factor_figure', { name: names.join('; '), value: writer.percent(figure) })
  }
  return [writer.sentence('factors', { best: at(high), worst: at(low) })]
}
