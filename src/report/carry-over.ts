import { formatDate } from '../language/date.js'
import { formatCount } from '../language/format.js'
import { label, type Language } from '../language/labels.js'
import { periodName } from '../language/period.js'
import type { FormFigures } from '../measure/form.js'
import { placeKey } from '../measure/form-lines.js'
import { placeName } from './form.js'

const ROWS = 6
const CODES = 3

/** How what is carried over differs from what was reported, with some of the dossiers; empty where it does not. */
export function carryOverWarning({ carryOver, form, by }: FormFigures, language: Language): string[] {
  if (carryOver === null || carryOver.differences.length === 0) return []
  const { differences, dossiers, known, previous } = carryOver
  const count = (n: number): string => formatCount(n, language)
  const source = differences.some((one) => one.source === 'summary')
    ? label(language, 'carry_over_summary')
    : label(language, 'carry_over_store', { load: known!.loadId, date: formatDate(known!.loadedAt) })
  const lines = differences.slice(0, ROWS).map((one) => {
    const own = one.isTotal ? [] : dossiers.filter((dossier) => placeKey(dossier) === placeKey(one))
    const codes = own.slice(0, CODES).map(({ code, change }) => `${change > 0 ? '+' : '−'}${code}`)
    return label(language, 'carry_over_line', {
      place: one.isTotal ? label(language, 'form_total') : placeName(one, by, language),
      now: count(one.recomputed),
      before: count(one.reported),
      codes: codes.length === 0 ? '' : ` (${codes.join(', ')}${own.length > CODES ? ', …' : ''})`,
    })
  })
  const { column, of } = form.carry_over!
  return [
    label(language, 'carry_over_differs', { column, of, period: periodName(previous.label, language), source }),
    ...lines.map((line) => `  ${line}`),
    ...(differences.length > ROWS ? [`  ${label(language, 'carry_over_more', { n: count(differences.length - ROWS) })}`] : []),
    label(language, dossiers.length > 0 ? 'carry_over_all' : 'carry_over_unknown'),
  ]
}

/** The dossiers behind the differences, a row each. */
export function movedRows({ carryOver, by }: FormFigures, language: Language): MovedRow[] {
  return (carryOver?.dossiers ?? []).map((one) => ({
    code: one.code,
    row: placeName(one, by, language),
    change: one.change,
    was: label(language, `stands_${one.was}`),
    is: label(language, `stands_${one.is}`),
    load: one.loadId,
  }))
}

type MovedRow = Record<'code' | 'row' | 'was' | 'is', string> & { change: number; load: number }
