import type { Definitions } from '../definitions/load.js'
import { collationKey } from '../language/collate.js'
import type { Level } from '../definitions/schema.js'
import type { MetricResult } from './result.js'

/** By code, what has none behind, by name. */
const collated = (code: string | null, name: string | null | undefined): string =>
  code === null ? `\uffff${collationKey(name ?? '')}` : collationKey(code)

const LEVEL_ORDER: (Level | null)[] = [null, 'province', 'district', 'commune']

/** Sorts in place, no two alike: metrics, then counts, as defined; the total, levels, units, then fields, procedures, factors, months; levels from above, the rest by code or name, in Vietnamese order. */
export function sortRows(rows: MetricResult[], definitions: Definitions): void {
  const order = new Map([...definitions.metrics.keys(), ...Object.keys(definitions.indicators)].map((id, i) => [id, i]))
  const shape = ({ level, unit, field, procedure, month, factor }: MetricResult): number =>
    (month === null ? 0 : 100) +
    (unit ? 2 : level ? 1 : 0) +
    (field === null ? 0 : 10) +
    (procedure === null ? 0 : 20) +
    (factor === null ? 0 : 40)
  const text = ({ unit, field, procedure, factor, month }: MetricResult): string =>
    [
      collated(unit?.code ?? null, unit?.name),
      collationKey(field ?? ''),
      collated(procedure?.code ?? null, procedure?.name),
      collationKey(factor ?? ''),
      month ?? '',
    ].join('\u0000')
  const keyed = rows.map((row) => ({
    row,
    metric: order.get(row.metric)!,
    shape: shape(row),
    level: row.unit?.code === null ? LEVEL_ORDER.length : LEVEL_ORDER.indexOf(row.level),
    text: text(row),
  }))
  keyed.sort((a, b) => a.metric - b.metric || a.shape - b.shape || a.level - b.level || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
  for (const [i, { row }] of keyed.entries()) rows[i] = row
}
