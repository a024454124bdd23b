import type { Comparison } from '../../measure/compare.js'
import { label } from '../../language/labels.js'
import { groupBy, isPlain, isUnit, spokenOf, type Writer } from './writer.js'

/** How many units are named at each end. */
const NAMED = 3

/** Per metric that units have targets in: how many meet it, the best and the worst of each level. */
export function unitsText(writer: Writer): string[] {
  if (writer.report.unit !== null) return []
  const rows = writer.report.rows.filter((row) => isPlain(row) && isUnit(row))
  const groups = groupBy(rows, ({ metric }) => metric).filter(([, units]) => units.some(({ shown }) => shown !== null))
  return spokenOf(groups, writer).map(([metric, units]) => metricText(metric, units, writer))
}

function metricText(metric: string, units: readonly Comparison[], writer: Writer): string {
  const known = units.filter(({ shown }) => shown !== null)
  const judged = known.filter(({ target }) => target !== null)
  const targets = new Set(judged.map(({ target }) => target))
  const name = writer.name(metric)
  const met = judged.filter(({ status }) => status !== 'missed').length
  const lead =
    judged.length === 0
      ? writer.sentence('units_figures', { metric: name, units: writer.amount('unit', known.length) })
      : writer.sentence('units_standing', {
          metric: targets.size > 1 ? name : writer.phrase('metric_plan', { metric: name, plan: writer.plan(judged[0]!) }),
          met: writer.count(met),
          n: writer.count(judged.length),
        })
  const levels = groupBy(known, ({ level }) => level).map(([level, ofLevel]) =>
    levelText(level === null ? writer.phrase('place_units', {}) : label(writer.language, level), ofLevel, writer),
  )
  const idle = units.filter(({ state }) => state === 'no_cases').length
  return [lead, ...levels, ...(idle > 0 ? [writer.sentence('units_without_cases', { units: writer.amount('unit', idle) })] : [])].join(' ')
}

function levelText(place: string, units: readonly Comparison[], writer: Writer): string {
  if (units.length === 1) return writer.sentence('units_one', { place, unit: unitFigure(units[0]!, writer) })
  const isHigher = writer.isHigherBetter(units[0]!)
  const shares = groupBy(units, ({ shown }) => shown!).sort(([a], [b]) => (isHigher ? b - a : a - b))
  if (shares.length === 1) {
    const values = { place, units: writer.amount('unit', units.length), value: writer.percent(shares[0]![0]) }
    return writer.sentence('units_equal', values)
  }
  const limit = Math.min(NAMED, Math.floor(units.length / 2))
  const best = named(shares.slice(0, -1), limit)
  const worst = named(shares.slice(best.length).reverse(), limit)
  const list = (groups: Comparison[][]): string => groups.map((group) => groupText(group, writer)).join('; ')
  return writer.sentence(isHigher ? 'units_range_higher' : 'units_range_lower', { place, best: list(best), worst: list(worst) })
}

/** The first groups of equal units, as long as no more units than the limit are in them; the first of all whatever its size. */
function named(shares: [number, Comparison[]][], limit: number): Comparison[][] {
  const groups: Comparison[][] = []
  let left = limit
  for (const [, group] of shares) {
    left -= group.length
    if (left < 0 && groups.length > 0) break
    groups.push(group)
  }
  return groups
}

function groupText(group: Comparison[], writer: Writer): string {
  if (group.length === 1) return unitFigure(group[0]!, writer)
  const names = group.length > NAMED ? writer.amount('unit', group.length) : group.map((row) => writer.place(row)).join('; ')
  return writer.phrase('unit_tie', { names, value: writer.percent(group[0]!.shown!) })
}

function unitFigure(row: Comparison, writer: Writer): string {
  return writer.phrase('unit_figure', { name: writer.place(row), value: writer.percent(row.shown!), counted: writer.counted(row) })
}
