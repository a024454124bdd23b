import { parseIdentity } from '../definitions/form.js'
import { formatDate } from '../language/date.js'
import { formatCount } from '../language/format.js'
import { label, type Language, type LabelKey } from '../language/labels.js'
import { unitsWords } from '../language/units-said.js'
import { lastDay, periodName } from '../language/period.js'
import type { FormFigures } from '../measure/form.js'
import type { FormLine, FormPlace } from '../measure/form-lines.js'
import { VERSION } from '../version.js'
import type { Cell, Column, Document, Row } from './document.js'
import { dataWords, unitName } from './figures.js'

/**
 * A filled form as it is printed: its heading, one table with the total in the last row, the notes. What it is of stands with the table, so that
 * its sheet of a workbook can be read again as a summary.
 */
export function formDocument(figures: FormFigures, language: Language, office: string | null): Document {
  const { form, scope, period, asOf, reporting, twins } = figures
  const name = periodName(period.label, language)
  const [from, to] = [period.from, lastDay(period)]
  const units = figures.hasChanges ? [unitsWords(figures.units, language)] : []
  const text = (key: LabelKey, values: Record<string, string | number> = {}): string => label(language, key, values)
  const reached = dataWords(figures, language).join(' · ')
  return {
    id: form.id,
    language,
    office,
    title: [form.number?.[language], form.title[language]].filter((part) => part !== undefined).join(': '),
    subtitle: reached.charAt(0).toUpperCase() + reached.slice(1),
    period: { label: period.label, name, from, to },
    asOf,
    tool: VERSION,
    summary: [],
    verdict: null,
    sections: [
      {
        id: anchor(form.id),
        title: (form.number ?? form.title)[language],
        text: [
          text('form_period', { period: name, from: formatDate(from), to: formatDate(to) }),
          ...(scope.units.length === 0
            ? []
            : [text('form_unit', { unit: reporting.map(({ code, name: called }) => withCode(called, code, twins)).join('; ') })]),
          ...(scope.levels.length === 0 ? [] : [text('form_level', { level: scope.levels.map((level) => text(level)).join(', ') })]),
          ...units.map(({ heading, text: said }) => `${heading}: ${said}`),
        ],
        tables: [
          {
            id: `${anchor(form.id)}-table`,
            caption: '',
            columns: columnsOf(figures, language),
            rows: [...figures.rows.map((line, i) => rowOf(line, i + 1, figures, language)), rowOf(figures.total, null, figures, language)],
            beside: units,
            chart: null,
            isHeat: false,
            isWide: form.columns.length > 6,
          },
        ],
        notes: notesOf(figures, language),
        isAppendix: false,
      },
    ],
  }
}

/** An id as a document has it. */
export const anchor = (id: string): string => id.replaceAll('_', '-')
/** What the rows are called. */
export const HEADING: Record<FormFigures['by'], LabelKey> = { field: 'form_field', unit: 'unit', level: 'level' }

/** On narrow terminals the parts of sums go first, then the number of the row. */
function columnsOf({ form, by }: FormFigures, language: Language): Column[] {
  const sums = new Set(form.identities.map((text) => parseIdentity(text).total))
  const common = { isBare: false, kind: 'count' } as const
  return [
    { ...common, id: 'number', headings: [label(language, 'form_number')], number: '(1)', rank: 2 },
    { ...common, kind: 'text', id: 'name', headings: [label(language, HEADING[by])], number: '(2)', rank: 0 },
    ...form.columns.map(({ number, headings }) => ({
      ...common,
      id: `column-${number}`,
      headings: headings[language],
      number: `(${number})`,
      rank: sums.size === 0 || sums.has(number) ? 0 : 1,
    })),
  ]
}

function rowOf(line: FormLine, number: number | null, named: Pick<FormFigures, 'by' | 'twins'>, language: Language): Row {
  const cells: Cell[] = [
    { kind: 'count', value: number },
    { kind: 'text', text: line.kind === 'total' ? label(language, 'form_total') : placeName(line, named, language) },
    ...line.counts.map((value): Cell => ({ kind: 'count', value })),
  ]
  return { depth: line.kind === 'total' ? 0 : 1, isTotal: line.kind === 'total', cells }
}

/** What a row is called: a unit that shares its name with its code. */
export function placeName({ field, unit, level }: FormPlace, { by, twins }: Pick<FormFigures, 'by' | 'twins'>, language: Language): string {
  if (unit !== null) return withCode(unitName(unit, language), unit.code, twins)
  if (field !== null) return field || label(language, 'blank_value')
  return label(language, level ?? (by === 'level' ? 'form_rest_level' : 'form_rest_unit'))
}

const withCode = (name: string, code: string | null, twins: ReadonlySet<string>): string =>
  code !== null && twins.has(code) ? `${name} (${code})` : name

function notesOf({ form, total, notes, standing, unknownUnits, policy, hasChanges, units, by }: FormFigures, language: Language): string[] {
  const text = (key: LabelKey, values: Record<string, string | number> = {}): string => label(language, key, values)
  const count = (n: number): string => formatCount(n, language)
  const counted = (key: LabelKey, n: number, more: Record<string, string> = {}): string[] =>
    n > 0 ? [text(key, { n: count(n), ...more })] : []
  const missing = form.columns.filter((_, i) => total.counts[i] === null).map(({ number }) => `(${number})`)
  const named = unknownUnits.slice(0, 3).map(({ said, rows }) => `"${said}" (${count(rows)})`)
  const setting = (value: string): string => text(`policy_${value}` as LabelKey)
  const { compare, withdrawn, stopped, suspended, vertical_sector } = policy.policy
  return [
    form.identities.length === 0 ? '' : `${form.identities.map((one) => one.replace(/\d+/g, '($&)')).join('; ')}.`,
    ...notes.filter(({ n }) => n > 0).map((note) => note.text[language].replaceAll('{n}', count(note.n))),
    ...counted('note_vertical', standing.vertical),
    ...counted('note_not_received', standing.notReceived),
    ...(by === 'unit' && unknownUnits.length > 0
      ? counted('note_unknown_unit', standing.unknownUnit, { units: [...named, ...(unknownUnits.length > 3 ? ['…'] : [])].join('; ') })
      : []),
    ...(by === 'unit' ? counted('note_split', standing.split) : []),
    ...(missing.length > 0 ? [text('form_missing', { columns: missing.join(', ') })] : []),
    ...(hasChanges && by === 'unit' ? [text(units === 'current' ? 'note_units_current' : 'note_units_as_was')] : []),
    text('form_policy', {
      policy: policy.policy.label[language],
      compare: setting(compare),
      withdrawn: setting(withdrawn),
      stopped: setting(stopped),
      vertical_sector: setting(vertical_sector),
    }),
    ...(suspended === 'by_due_date' ? [text('note_suspended_by_due')] : []),
  ].filter((note) => note !== '')
}
