import { parseIdentity, type FormDefinition } from '../definitions/form.js'
import type { Form, FormRow } from '../definitions/form-schema.js'
import type { Level } from '../definitions/schema.js'
import { ToolError } from '../errors.js'
import { say, summed, type Message } from '../messages/message.js'
import { inVietnameseOrder } from '../language/collate.js'
import { fold } from '../language/fold.js'
import { NO_UNIT } from './unit-ref.js'
import type { UnitView } from '../units/view.js'
import { isTotal, type MetricResult } from './result.js'

/** Whom a line is about: one of the three, all null for the total. */
export interface FormPlace {
  field: string | null
  /** Code null: units that the registry does not know, or that were split. */
  unit: { code: string | null; name: string } | null
  level: Level | null
}

/** A line of a form: a count for each column, null where the column is not computable. */
export interface FormLine extends FormPlace {
  /** `rest`: what no other row has, because nothing is said of its unit or level. */
  kind: 'total' | 'row' | 'rest'
  counts: (number | null)[]
}

/**
 * Throws unless every identity holds in every line and the rows add up to the total. Error, with the line and the sums: internal, or, of an
 * office's own form, invalid_definition.
 */
export function checkForm(form: FormDefinition, total: FormLine, rows: readonly FormLine[]): void {
  const at = new Map(form.columns.map(({ number }, i) => [number, i]))
  for (const line of [total, ...rows]) {
    for (const text of form.identities) {
      const { total: whole, parts } = parseIdentity(text)
      const [sum, ...counts] = [whole, ...parts].map((number) => line.counts[at.get(number)!]!)
      if ([sum, ...counts].includes(null as never)) continue
      if (counts.reduce((all, count) => all + count, 0) !== sum)
        throw broken(form, say('figures.identity_differs', { identity: text, sum: sum!, parts: summed(counts) }), line)
    }
  }
  for (const [i, { number }] of form.columns.entries()) {
    const sum = rows.reduce((all, { counts }) => all + (counts[i] ?? 0), 0)
    if (total.counts[i] !== null && (sum !== total.counts[i] || rows.some(({ counts }) => counts[i]! < 0)))
      throw broken(form, say('figures.rows_differ', { column: number, sum }), total)
  }
}

function broken({ id, file }: FormDefinition, problem: Message, line: FormLine): ToolError {
  const details = { line }
  if (file === null) return new ToolError('internal', say('figures.form_fault', { form: id, problem }), { details })
  return new ToolError('invalid_definition', say('figures.form_broken', { form: id, problem }), {
    details,
    place: { file },
    hint: say('figures.compare_with_ii06'),
  })
}

/** What tells the rows of a form apart: fields however they are spelled, units by their codes. */
export function placeKey({ field, unit, level }: FormPlace): string {
  if (unit !== null) return unit.code === null ? `?${unit.name}` : `:${unit.code}`
  return field === null ? `=${level ?? ''}` : fold(field)
}

/** The lines of a form from what was measured. */
export function linesOf(form: Form, by: FormRow, results: readonly MetricResult[], view: UnitView): { total: FormLine; rows: FormLine[] } {
  const at = new Map(form.columns.map(({ number }, i) => [`column:${number}`, i]))
  const lines = new Map<string, FormLine>()
  const total: FormLine = { kind: 'total', field: null, unit: null, level: null, counts: form.columns.map(() => null) }
  const ofColumns = results.filter(({ metric }) => at.has(metric))
  for (const { metric, numerator } of ofColumns.filter(isTotal)) total.counts[at.get(metric)!] = numerator
  for (const result of ofColumns.filter((one) => !isTotal(one))) {
    const { field, unit, level, metric, numerator } = result
    const place = { field, unit, level: unit === null ? level : null }
    const key = placeKey(place)
    const zeros = total.counts.map((count) => (count === null ? null : 0))
    if (!lines.has(key)) lines.set(key, { kind: 'row', ...place, counts: zeros })
    const [{ counts }, i] = [lines.get(key)!, at.get(metric)!]
    if (counts[i] !== null) counts[i] = numerator ?? 0
  }
  const isNobody = ({ unit, counts }: FormLine): boolean =>
    unit !== null && unit.code === null && (unit.name === NO_UNIT || !counts.some(Boolean))
  const rows = inOrder(
    [...lines.values()].filter((line) => !isNobody(line)),
    by,
    view,
  )
  const rest = total.counts.map((count, i) => (count === null ? null : count - rows.reduce((sum, { counts }) => sum + counts[i]!, 0)))
  if (by !== 'field' && rest.some((count) => count !== null && count !== 0))
    rows.push({ kind: 'rest', field: null, unit: null, level: null, counts: rest })
  return { total, rows }
}

const LEVELS: (Level | null)[] = ['province', 'district', 'commune']

/** Fields by name, what has none last; units as the registry has them, unknown ones last; levels from the top. */
function inOrder(rows: FormLine[], by: FormRow, view: UnitView): FormLine[] {
  if (by === 'level') return rows.sort((a, b) => LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level))
  if (by === 'field') return rows.sort((a, b) => Number(a.field === '') - Number(b.field === '') || inVietnameseOrder(a.field!, b.field!))
  const places = new Map(view.registry.units.map(({ code }, i) => [code, i]))
  const placeOf = ({ unit }: FormLine): number => (unit!.code === null ? Infinity : (places.get(unit!.code) ?? places.size))
  const order = (a: FormLine, b: FormLine): number => {
    const [first, second] = [placeOf(a), placeOf(b)]
    return first === second
      ? inVietnameseOrder(a.unit!.name, b.unit!.name) || inVietnameseOrder(a.unit!.code ?? '', b.unit!.code ?? '')
      : first - second
  }
  return rows.sort(order)
}
