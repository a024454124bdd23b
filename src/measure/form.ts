import type { FormDefinition } from '../definitions/form.js'
import type { Form, FormRow } from '../definitions/form-schema.js'
import type { Definitions } from '../definitions/load.js'
import type { Level, Policy } from '../definitions/schema.js'
import { nearest, ToolError } from '../errors.js'
import { either, listed, onDay, say } from '../messages/message.js'
import { addDays } from '../language/date.js'
import { lastDay, periodWords, type Calendar, type Period } from '../language/period.js'
import type { Store } from '../store/store.js'
import { nameKey } from '../units/name.js'
import { loadRegistry } from '../units/registry.js'
import type { UnknownUnit } from '../units/unknown.js'
import { UnitView, type UnitsMode } from '../units/view.js'
import { findUnits, several } from './asked-unit.js'
import { compareCarryOver, type CarryOver } from './carry-over.js'
import { formMetrics } from './count.js'
import { checkForm, linesOf, type FormLine } from './form-lines.js'
import { measure } from './measure.js'
import type { Notes } from './notes.js'
import { isTotal, type Scope } from './result.js'
import { choosePeriod, dataTo, nothingIn, type DataTo } from './store-facts.js'

export interface FormRequest {
  form: FormDefinition
  /** What a row is; absent: the form's first. */
  by?: FormRow
  period?: string
  calendar?: Calendar
  isYearToDate?: boolean
  /** Only dossiers of these levels, of these units (code or exact name). */
  level?: Level | readonly Level[]
  unit?: string | readonly string[]
  policy: { id: string; policy: Policy }
  units?: UnitsMode
  province?: string | null
  asOf: string
  /** The day on which the period before was reported; absent: judged by the loads. */
  reportedOn?: string
}

export interface FormFigures {
  form: FormDefinition
  by: FormRow
  /** Whose dossiers count; empty: all. */
  scope: { levels: Level[]; units: string[] }
  /** The units asked for, as they stand under their codes; without a registry under no code. */
  reporting: { code: string | null; name: string }[]
  period: Period
  isDefaultPeriod: boolean
  isWholePeriod: boolean
  /** The last day that counts, and the last up to then that anything is known of. */
  asOf: string
  dataTo: DataTo
  policy: { id: string; policy: Policy }
  units: UnitsMode
  hasChanges: boolean
  /** Units (codes) whose name alone would not lead back to them: another bears it too. */
  twins: ReadonlySet<string>
  total: FormLine
  rows: FormLine[]
  /** The form's own notes, in its order; those that are not computable are left out. */
  notes: { text: Form['notes'][number]['text']; n: number }[]
  standing: Notes
  unknownUnits: UnknownUnit[]
  /** Null where the form has no such column, or it is not computable. */
  carryOver: CarryOver | null
}

/** Fills a form. Every identity whose columns are computable holds in every line, and the rows add up to the total; else: internal. */
export async function makeForm(store: Store, definitions: Definitions, request: FormRequest): Promise<FormFigures> {
  const { form, by = form.by[0]! } = request
  if (!form.by.includes(by))
    throw new ToolError('usage', say('figures.form_without_rows', { form: form.id, by }), {
      hint: say('figures.one_of', { all: listed(form.by) }),
    })
  const { period, isDefault, isWhole } = await choosePeriod(store, request)
  if (request.asOf < period.from)
    throw new ToolError('invalid_period', say('figures.not_begun', { period: periodWords(period.label), day: onDay(request.asOf) }), {
      hint: say('figures.earlier_period'),
    })
  const asOf = request.asOf < lastDay(period) ? request.asOf : lastDay(period)
  const cut: Period = { ...period, until: addDays(asOf, 1) }
  await store.lockDown()
  const registry = await loadRegistry(store, definitions, request.province)
  const mode = request.units ?? 'current'
  const view = new UnitView(registry, mode, mode === 'current' ? request.asOf : asOf)
  const { units, reporting, ...scope } = await scopeOf(store, request, view, cut)
  const levels = several(request.level)
  const query = { period: cut, metrics: formMetrics(form, definitions), groupings: [[by]], policy: request.policy.policy, ...scope }
  const measured = await measure(store, definitions, query, view)
  const { total, rows } = linesOf(form, by, measured.results, view)
  const noted = new Map(measured.results.filter(isTotal).map(({ metric, numerator }) => [metric, numerator]))
  const { dossiers } = await dataTo(store, asOf)
  const isSilent = (dossiers ?? '') < period.from && [...total.counts, ...noted.values()].every((count) => !count)
  if (isSilent || total.counts.every((count) => count === null)) throw await nothingIn(store, period)
  checkForm(form, total, rows)
  const figures = {
    form,
    by,
    period,
    cut,
    total,
    rows,
    scope: scope.scope ?? {},
    isOfOnePlace: levels.length <= 1 && units.length <= 1,
    asOf: request.asOf,
  }
  return {
    form,
    by,
    scope: { levels, units },
    reporting,
    period,
    isDefaultPeriod: isDefault,
    isWholePeriod: isWhole,
    asOf,
    dataTo: { dossiers, answers: null },
    policy: request.policy,
    units: mode,
    hasChanges: registry.changes.length > 0,
    twins: twinsOf([...rows.flatMap(({ unit }) => unit ?? []), ...reporting], view),
    total,
    rows,
    notes: form.notes.flatMap(({ text, less }, i) => {
      const [n, minus] = [noted.get(`note:${i}`) ?? null, less ? (noted.get(`less:${i}`) ?? null) : 0]
      return n === null || minus === null ? [] : [{ text, n: n - minus }]
    }),
    standing: measured.notes,
    unknownUnits: measured.unknownUnits,
    carryOver: await compareCarryOver(store, definitions, figures, { policy: request.policy.policy, reportedOn: request.reportedOn }, view),
  }
}

/** The form of an id. Error: unknown_form, with suggestions. */
export function chooseForm({ forms }: Pick<Definitions, 'forms'>, id: string): FormDefinition {
  const form = forms.get(id)
  if (form) return form
  const like = nearest(id, forms.keys())
  throw new ToolError('unknown_form', say('figures.no_form', { id }), {
    hint: [...(like.length > 0 ? [say('figures.did_you_mean', { like: either(like) })] : []), say('figures.all_forms')],
  })
}

/** Whose dossiers are asked for, and what the units are called. Error: unknown_unit; without a registry, where no dossier is of it. */
async function scopeOf(
  store: Store,
  { level, unit }: FormRequest,
  view: UnitView,
  period: Period,
): Promise<{ scope?: Scope; units: string[]; reporting: FormFigures['reporting'] }> {
  const [levels, asked] = [several(level), await findUnits(store, several(unit), view, period)]
  if (levels.length + asked.length === 0) return { units: [], reporting: [] }
  const scope = {
    ...(levels.length > 0 ? { levels } : {}),
    ...(asked.length > 0 ? { units: asked.flatMap(({ codes }) => codes) } : {}),
  }
  const codeOf = (codes: readonly string[]): string | null => (view.registry.units.length === 0 ? null : codes[0]!)
  return { scope, units: asked.map(({ name }) => name), reporting: asked.map(({ codes, name }) => ({ code: codeOf(codes), name })) }
}

/** Which of some units a summary could not name without their code: two of them are called alike, or their name means another one, or several. */
function twinsOf(units: readonly { code: string | null; name: string }[], view: UnitView): Set<string> {
  const bearers = new Map<string, Set<string | null>>()
  for (const { code, name } of units) bearers.set(nameKey(name), (bearers.get(nameKey(name)) ?? new Set()).add(code))
  const isTwin = ({ code, name }: { code: string; name: string }): boolean => {
    if (bearers.get(nameKey(name))!.size > 1) return true
    if (view.registry.units.length === 0) return false
    const match = view.matcher.match(name, name, view.today)
    return !('unit' in match) || match.unit.code !== code
  }
  return new Set(units.flatMap(({ code, name }) => (code !== null && isTwin({ code, name }) ? [code] : [])))
}
