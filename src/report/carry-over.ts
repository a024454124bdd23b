import { formatDate } from '../language/date.js'
import { formatCount } from '../language/format.js'
import { label, type Language, type LabelKey } from '../language/labels.js'
import { periodName } from '../language/period.js'
import type { FormFigures } from '../measure/form.js'
import { placeKey } from '../measure/form-lines.js'
import type { Cell, Column, Document, Row } from './document.js'
import { anchor, formDocument, HEADING, placeName } from './form.js'

const ROWS = 6
const CODES = 3

/** How what is carried over differs from what was reported, with some of the dossiers; empty where it does not. */
export function carryOverWarning({ carryOver, form, by, twins }: FormFigures, language: Language): string[] {
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
      place: one.isTotal ? label(language, 'form_total') : placeName(one, { by, twins }, language),
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

/** The dossiers behind the differences, a row each; without any, a note says why. */
export function differencesDocument(figures: FormFigures, language: Language, office: string | null): Document {
  const { carryOver, by, form, twins } = figures
  const word = (key: LabelKey): string => label(language, key)
  const column = (id: string, kind: Column['kind'], key: LabelKey): Column => ({
    id,
    kind,
    headings: [word(key)],
    number: null,
    isBare: false,
    rank: 0,
  })
  const columns = [
    column('code', 'text', 'dossier'),
    column('row', 'text', HEADING[by]),
    column('change', 'count', 'change'),
    column('was', 'text', 'was'),
    column('is', 'text', 'is'),
    column('load', 'count', 'load'),
  ]
  const text = (said: string): Cell => ({ kind: 'text', text: said })
  const rows = (carryOver?.dossiers ?? []).map((one): Row => {
    const cells = [text(one.code), text(placeName(one, { by, twins }, language)), { kind: 'count' as const, value: one.change }]
    const standings = [text(word(`stands_${one.was}`)), text(word(`stands_${one.is}`)), { kind: 'count' as const, value: one.loadId }]
    return { depth: 1, isTotal: false, cells: [...cells, ...standings] }
  })
  const document = formDocument(figures, language, office)
  const id = `${anchor(form.id)}-differences`
  const table = { id: `${id}-table`, caption: '', columns, rows, chart: null, isHeat: false, isWide: false }
  const [first] = carryOverWarning(figures, language)
  const reason = carryOver?.known === null ? 'carry_over_unknown' : 'carry_over_none'
  const section = { ...document.sections[0]!, id, tables: rows.length === 0 ? [] : [table] }
  return {
    ...document,
    id,
    sections: [
      { ...section, text: [...section.text, ...(first === undefined ? [] : [first])], notes: rows.length === 0 ? [word(reason)] : [] },
    ],
  }
}
