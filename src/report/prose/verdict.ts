import { shareHundredths } from '../../language/format.js'
import { isStrict } from '../../language/plan-words.js'
import { checkTargets, judgedOnce } from '../../measure/check.js'
import type { Comparison } from '../../measure/compare.js'
import { isPlain, isUnit, type Writer } from './writer.js'

/** How a figure stands to its target, as a clause. The gap is that of the figures as shown; where it shows as none it is not said. */
export function verdictOf(row: Comparison, writer: Writer): string {
  const gap = row.shown! - shareHundredths(row.target!)
  const points = writer.points(gap)
  const isHigher = writer.isHigherBetter(row)
  if (row.status === 'met') return writer.phrase(isHigher ? 'equal' : 'at_limit', {})
  if (row.status === 'exceeded') {
    if (isHigher ? gap <= 0 : gap >= 0) return writer.phrase(isHigher ? 'above_slightly' : 'within_slightly', {})
    return writer.phrase(isHigher ? 'above' : 'within', { gap: points })
  }
  const { needed: n, further } = row.shortfall!
  const needed = further === null ? writer.phrase('out_of_reach', { needed: writer.cases(row, n) }) : writer.cases(row, n)
  if (isStrict(row.targetOperator) && row.gap === 0) return writer.phrase('at_strict', { needed })
  if (isHigher ? gap >= 0 : gap <= 0) return writer.phrase(isHigher ? 'short_slightly' : 'beyond_slightly', { needed })
  return writer.phrase(isHigher ? 'short' : 'beyond', { gap: points, needed })
}

/** A subject and its value: "… đạt 92,17%", "… mới đạt 41,20%", "… là 0,01%". */
export function figureOf(row: Comparison, subject: string, writer: Writer): string {
  const id = !writer.isHigherBetter(row) ? 'figure_lower' : row.status === 'missed' ? 'figure_short' : 'figure_higher'
  return writer.phrase(id, { subject, value: writer.percent(row.shown!) })
}

/** Where the report stands to the plan. A complement counts once, with its partner. */
export interface Standing {
  /** Of the total and the levels; of the one unit where the report is about one. */
  met: Comparison[]
  /** Farthest from the target first. */
  missed: Comparison[]
  noData: Comparison[]
  /** Units with a target and a figure. */
  units: number
  /** Units that miss a target, farthest first: a line for each target missed. */
  behind: Comparison[]
  behindUnits: number
}

export function standingOf({ report, definitions }: Writer): Standing {
  const rows = report.rows.filter(isPlain)
  const judged = judgedOnce(rows, definitions)
  const { behind } = checkTargets({ ...report, rows }, definitions, 0)
  const isMain = (row: Comparison): boolean => (report.unit === null ? row.unit === null : isUnit(row))
  const isPart = (row: Comparison): boolean => report.unit === null && isUnit(row)
  const main = judged.filter(isMain)
  return {
    met: main.filter(({ status }) => status === 'met' || status === 'exceeded'),
    missed: behind.filter(isMain),
    noData: main.filter((row) => row.status === 'no_data' && (row.level === null || row.unit !== null || row.state === 'not_computable')),
    units: distinctUnits(judged.filter((row) => isPart(row) && row.status !== 'no_data')),
    behind: behind.filter(isPart),
    behindUnits: distinctUnits(behind.filter(isPart)),
  }
}

function distinctUnits(rows: readonly Comparison[]): number {
  return new Set(rows.map(({ unit }) => unit!.code)).size
}
