import { codeKey } from '../language/code.js'
import { ToolError } from '../errors.js'
import { either, say } from '../messages/message.js'
import type { Period } from '../language/period.js'
import type { Store } from '../store/store.js'
import { UnitMatcher } from '../units/match.js'
import { nameKey } from '../units/name.js'
import { EMPTY_REGISTRY } from '../units/registry.js'
import type { UnitView } from '../units/view.js'

/** A unit that is asked for: the codes its figures stand under (without a registry dossiers may name one in several ways), and its name. */
export interface AskedUnit {
  codes: string[]
  name: string
}

/** One of a kind, some, or none, as a list without repetitions. */
export const several = <T extends string>(asked: T | readonly T[] | undefined): T[] =>
  asked === undefined ? [] : [...new Set(typeof asked === 'string' ? [asked] : asked)]

/** The units asked for, each once. Errors: as of findUnit. */
export async function findUnits(store: Store, texts: readonly string[], view: UnitView, period: Period): Promise<AskedUnit[]> {
  const found = new Map<string, AskedUnit>()
  for (const text of texts) {
    const unit = await findUnit(store, text, view, period)
    found.set(unit.codes.join('\u0000'), unit)
  }
  return [...found.values()]
}

/** Finds a unit by its code or exact name. Error: unknown_unit, with suggestions; without a registry, where no dossier is of it. */
async function findUnit(store: Store, text: string, view: UnitView, period: Period): Promise<AskedUnit> {
  if (view.registry.units.length === 0) return findNamed(store, text)
  const existing = view.existing(period)
  const shown = new UnitMatcher({ ...EMPTY_REGISTRY, units: existing, aliases: view.registry.aliases })
  const match = shown.match(text, text, null)
  if ('unit' in match) {
    const { code } = match.unit
    return { codes: [code], name: existing.find((unit) => unit.code === code)!.name }
  }
  const like = match.suggestions.map((unit) => `${unit.code} ${shown.qualifiedName(unit)}`)
  throw new ToolError('unknown_unit', say(match.isAmbiguous ? 'figures.several_units' : 'figures.no_unit', { name: text }), {
    hint: like.length > 0 ? say('figures.did_you_mean', { like: either(like) }) : say('figures.all_units'),
  })
}

async function findNamed(store: Store, text: string): Promise<AskedUnit> {
  const named = await store.rows<{ unit_code: string | null; unit_name: string | null }>(`
    SELECT DISTINCT unit_code, unit_name FROM (SELECT unit_code, unit_name FROM dossier UNION ALL SELECT unit_code, unit_name FROM survey_answer)
    WHERE coalesce(unit_code, unit_name) IS NOT NULL ORDER BY unit_code, unit_name`)
  const found = named.filter(
    ({ unit_code, unit_name }) =>
      (unit_code !== null && codeKey(unit_code) === codeKey(text)) || (unit_name !== null && nameKey(unit_name) === nameKey(text)),
  )
  if (found.length === 0)
    throw new ToolError('unknown_unit', say('figures.no_dossier_of_unit', { name: text }), { hint: say('figures.all_units_by_report') })
  const codes = [...new Set(found.map(({ unit_code, unit_name }) => unit_code ?? nameKey(unit_name!)))]
  return { codes, name: found.find(({ unit_name }) => unit_name !== null)?.unit_name ?? text }
}
