import type { Definitions } from '../definitions/load.js'
import type { Level } from '../definitions/schema.js'
import type { Comparison } from './compare.js'

const LEVEL_ORDER: (Level | null)[] = [null, 'province', 'district', 'commune']

/** Sorts in place: metrics as defined; the total, levels, units, then fields, procedures, factors, months; levels from above, the rest by code. */
export function sortRows(rows: Comparison[], definitions: Definitions): void {
  const order = new Map([...definitions.metrics.keys()].map((id, i) => [id, i]))
  const shape = ({ level, unit, field, procedure, month, factor }: Comparison): number =>
    (month === null ? 0 : 100) +
    (unit ? 2 : level ? 1 : 0) +
    (field === null ? 0 : 10) +
    (procedure === null ? 0 : 20) +
    (factor === null ? 0 : 40)
  const text = (row: Comparison): string =>
    [row.unit?.code ?? '\uffff', row.field ?? '', row.procedure?.code ?? '', row.factor ?? '', row.month ?? ''].join('\u0001')
  const keyed = rows.map((row) => ({
    row,
    metric: order.get(row.metric)!,
    shape: shape(row),
    level: row.unit?.code === null ? LEVEL_ORDER.length : LEVEL_ORDER.indexOf(row.level),
    text: text(row),
  }))
  keyed.sort((a, b) => a.metric - b.metric || a.shape - b.shape || a.level - b.level || (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
  rows.splice(0, rows.length, ...keyed.map(({ row }) => row))
}
