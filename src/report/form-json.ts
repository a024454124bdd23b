import { lastDay } from '../language/period.js'
import type { FormFigures } from '../measure/form.js'
import type { FormLine, FormPlace } from '../measure/form-lines.js'
import { VERSION } from '../version.js'
import { unitName } from './figures.js'
import { toJson } from '../messages/visible.js'

/** The one there is; null for none or several, which stand beside. */
const only = (all: readonly string[]): string | null => (all.length === 1 ? all[0]! : null)

/** A filled form as JSON, schema cchc.form/1: one row a line, counts by the numbers of the columns. */
export function renderFormJson(figures: FormFigures): string {
  const { form, by, scope, period, asOf, dataTo, policy, units, total, rows, notes, standing, unknownUnits, carryOver } = figures
  const place = ({ field, unit, level }: FormPlace): Record<string, unknown> => ({
    field,
    unit: unit && { code: unit.code, name: unitName(unit, 'en') },
    level,
  })
  const counts = ({ counts: all }: FormLine): Record<string, number | null> =>
    Object.fromEntries(form.columns.map(({ number }, i) => [number, all[i]!]))
  const head = {
    schema: 'cchc.form/1',
    tool: VERSION,
    as_of: asOf,
    data_to: { dossiers: dataTo.dossiers },
    form: { id: form.id, number: form.number ?? null, title: form.title },
    period: { label: period.label, from: period.from, to: lastDay(period), calendar: period.calendar },
    by,
    scope: { level: only(scope.levels), unit: only(scope.units), ...scope },
    units,
    policy: { id: policy.id, ...policy.policy },
    columns: form.columns.map(({ number, headings, indicator }) => ({ number, headings, indicator: indicator ?? null })),
    identities: form.identities,
    notes: notes.map(({ text, n }) => ({ text, n })),
    left_out: { vertical_sector: standing.vertical, not_received: standing.notReceived },
    unknown_units: unknownUnits.map(({ said, rows: n }) => ({ said, rows: n })),
    carry_over: carryOver && {
      column: form.carry_over!.column,
      of: form.carry_over!.of,
      previous: { label: carryOver.previous.label, from: carryOver.previous.from, to: lastDay(carryOver.previous) },
      known: carryOver.known && { load_id: carryOver.known.loadId, loaded_at: carryOver.known.loadedAt },
      differences: carryOver.differences.map((one) => ({
        total: one.isTotal,
        ...place(one),
        source: one.source,
        reported: one.reported,
        recomputed: one.recomputed,
      })),
      dossiers: carryOver.dossiers.map((one) => ({
        code: one.code,
        ...place(one),
        change: one.change,
        was: one.was,
        is: one.is,
        load_id: one.loadId,
      })),
    },
    total: counts(total),
  }
  const lines = rows.map((line) => toJson({ ...place(line), counts: counts(line) }))
  return `${toJson(head).slice(0, -1)},"rows":[\n${lines.join(',\n')}\n]}\n`
}
