import type { Comparison } from '../../measure/compare.js'
import { standingOf, type Standing } from './verdict.js'
import type { Writer } from './writer.js'

/** How many missed targets are named. */
const NAMED = 4

/** The answer first: how many targets are met, which are missed, how many units are behind and the farthest. */
export function summaryText(writer: Writer): string[] {
  const standing = standingOf(writer)
  return [...leadText(standing, writer), ...missedText(standing, writer), ...unitsText(standing, writer)]
}

function leadText({ met, missed, noData }: Standing, writer: Writer): string[] {
  const in_period = writer.inPeriod()
  const judged = met.length + missed.length
  const total = judged + noData.length
  const hasLevels = [...met, ...missed, ...noData].some(({ unit, level }) => unit === null && level !== null)
  const targets = (n: number): string => writer.phrase(hasLevels ? 'targets_levels' : 'targets', { n: writer.count(n) })
  if (total === 0) return [writer.sentence('summary_no_plan', { in_period })]
  if (judged === 0) return [writer.sentence('summary_no_figures', { in_period, targets: targets(total) })]
  const counts = { met: writer.count(met.length), n: writer.count(judged) }
  const lead =
    missed.length === 0 && judged > 1
      ? writer.sentence('summary_all_met', { in_period, targets: targets(judged) })
      : writer.sentence('summary_met', { in_period, targets: writer.phrase(hasLevels ? 'met_targets_levels' : 'met_targets', counts) })
  if (noData.length === 0) return [lead]
  const list = noData.map((row) => writer.subject(row)).join('; ')
  return [`${lead} ${writer.sentence('summary_no_data', { list })}`]
}

/** The total's targets before those of levels, the farthest first. */
function missedText({ missed }: Standing, writer: Writer): string[] {
  if (missed.length === 0) return []
  const isTotal = ({ level }: Comparison): boolean => level === null
  const inOrder = [...missed.filter(isTotal), ...missed.filter((row) => !isTotal(row))]
  const items = inOrder.slice(0, NAMED).map((row) =>
    writer.phrase('summary_item', {
      subject: writer.subject(row),
      value: writer.percent(row.shown!),
      plan: writer.plan(row),
    }),
  )
  const others = missed.length - items.length
  const list = items.join('; ')
  return [
    others > 0
      ? writer.sentence('summary_missed_more', { list, others: writer.count(others) })
      : writer.sentence('summary_missed', { list }),
  ]
}

function unitsText({ units, behind, behindUnits }: Standing, writer: Writer): string[] {
  if (units === 0) return []
  const worst = behind[0]
  if (!worst) return [writer.sentence('summary_units_met', { n: writer.count(units) })]
  return [
    writer.sentence('summary_units', {
      behind: writer.count(behindUnits),
      n: writer.count(units),
      name: writer.place(worst),
      metric: writer.nameWithin(worst.metric),
      value: writer.percent(worst.shown!),
      plan: writer.plan(worst),
    }),
  ]
}
