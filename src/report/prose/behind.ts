import { standingOf, verdictOf } from './verdict.js'
import { groupBy, type Writer } from './writer.js'

/** How many units are named for each metric. */
const NAMED = 5

/** How many units miss a target, and per metric which are farthest behind and by how many dossiers. Nothing where units have no targets. */
export function behindText(writer: Writer): string[] {
  const { units, behind, behindUnits } = standingOf(writer)
  if (units === 0) return []
  if (behind.length === 0) return [writer.sentence('behind_none', {})]
  const text = [writer.sentence('behind_units', { behind: writer.count(behindUnits), n: writer.count(units) })]
  for (const [metric, rows] of groupBy(behind, (row) => row.metric)) {
    const hasOnePlan = new Set(rows.map(({ target }) => target)).size === 1
    const name = writer.name(metric)
    const list = rows.slice(0, NAMED).map((row) => {
      return writer.phrase('behind_item', { name: writer.place(row), value: writer.percent(row.shown!), verdict: verdictOf(row, writer) })
    })
    const values = {
      metric: hasOnePlan ? writer.phrase('metric_plan', { metric: name, plan: writer.plan(rows[0]!) }) : name,
      units: writer.amount('unit', rows.length),
      list: list.join('; '),
    }
    const others = rows.length - list.length
    text.push(
      others > 0
        ? writer.sentence('behind_metric_more', { ...values, others: writer.amount('unit', others) })
        : writer.sentence('behind_metric', values),
    )
  }
  return text
}
