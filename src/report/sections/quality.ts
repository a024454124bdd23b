import { inVietnameseOrder } from '../../language/collate.js'
import type { LabelKey } from '../../language/labels.js'
import { formatDate } from '../../language/date.js'
import { coverageHundredths } from '../../language/format.js'
import type { Notes } from '../../measure/notes.js'
import { isTotal } from '../../measure/result.js'
import { generalNotes } from '../notes.js'
import { column, countCell, row, say, table, textCell, type SectionMaker, type Source } from './section.js'

/* What does not count, or not everywhere, in the order it is said. */
const APART: [keyof Notes, LabelKey][] = [
  ['vertical', 'apart_vertical'],
  ['noDueDate', 'apart_no_due'],
  ['withdrawn', 'apart_withdrawn'],
  ['stopped', 'apart_stopped'],
  ['notReceived', 'apart_not_received'],
  ['undated', 'apart_undated'],
  ['noLevel', 'apart_no_level'],
  ['unknownUnit', 'apart_unknown_unit'],
  ['split', 'apart_split'],
]

/** What the figures rest on: files, coverage, what was left out, units that nobody can name or that sent nothing. */
export const quality: SectionMaker = {
  title: 'section_quality',
  make: (source) => {
    const { report, language } = source
    const newest = report.newest === null ? [] : [say(language, 'newest_day', { date: formatDate(report.newest) })]
    const tables = [sources(source), apart(source), coverage(source), unknown(source), silent(source)].filter((one) => one !== null)
    return { tables, notes: [...newest, ...generalNotes(report, source.definitions, language)] }
  },
}

function sources({ report, definitions, language }: Source) {
  if (report.sources.length === 0) return null
  const columns = [
    column('kind', 'text', say(language, 'kind')),
    column('files', 'count', say(language, 'files_loaded')),
    column('read', 'count', say(language, 'rows_read')),
    column('rejected', 'count', say(language, 'rows_refused')),
  ]
  const rows = report.sources.map(({ kind, files, read, rejected }) =>
    row(
      [
        textCell(definitions.kinds[kind as keyof typeof definitions.kinds].label[language]),
        countCell(files),
        countCell(read),
        countCell(rejected),
      ],
      1,
    ),
  )
  return table('sources', say(language, 'caption_sources'), columns, rows)
}

function apart({ report, language }: Source) {
  const lines = APART.filter(([note]) => report.notes[note] > 0 && (note !== 'unknownUnit' || report.hasRegistry))
  if (lines.length === 0) return null
  const columns = [column('what', 'text', say(language, 'apart')), column('dossiers', 'count', say(language, 'dossiers'))]
  const rows = lines.map(([note, key]) => row([textCell(say(language, key)), countCell(report.notes[note])], 1))
  return table('apart', say(language, 'caption_apart'), columns, rows)
}

function coverage({ report, language, metrics }: Source) {
  const partial = report.rows.filter((one) => isTotal(one) && one.state === 'value' && one.coverage !== null && one.coverage < 1)
  const shown = metrics.flatMap((metric) => partial.filter((one) => one.metric === metric.id).map((figure) => ({ metric, figure })))
  if (shown.length === 0) return null
  const columns = [column('metric', 'text', say(language, 'metric')), column('coverage', 'rate', say(language, 'coverage'))]
  const rows = shown.map(({ metric, figure }) => {
    const value = figure.coverage!
    return row(
      [textCell(metric.short[language]), { kind: 'rate', value, shown: coverageHundredths(value), state: 'value', status: null }],
      1,
    )
  })
  return table('coverage', say(language, 'caption_coverage'), columns, rows)
}

function unknown({ report, language }: Source) {
  if (!report.hasRegistry || report.unknownUnits.length === 0) return null
  const columns = [
    column('unit', 'text', say(language, 'unit_as_said')),
    column('dossiers', 'count', say(language, 'dossiers')),
    column('suggestions', 'text', say(language, 'suggestions')),
  ]
  const rows = report.unknownUnits.map(({ said, rows: n, suggestions }) =>
    row([textCell(said), countCell(n), textCell(suggestions.join('; '))], 1),
  )
  return table('unknown-units', say(language, 'caption_unknown'), columns, rows)
}

/** Units of the registry with nothing received and nothing resolved. */
function silent({ report, language }: Source) {
  const handled = new Map<string, { name: string; n: number }>()
  for (const { unit, metric, numerator } of report.counts) {
    if (unit?.code == null || (metric !== 'received_total' && metric !== 'resolved_total')) continue
    const known = handled.get(unit.code) ?? { name: unit.name, n: 0 }
    handled.set(unit.code, { ...known, n: known.n + (numerator ?? 0) })
  }
  const names = [...handled].filter(([, { n }]) => n === 0).map(([code, { name }]) => ({ code, name }))
  if (names.length === 0) return null
  const columns = [column('code', 'text', say(language, 'code')), column('unit', 'text', say(language, 'unit'))]
  const rows = names
    .sort((a, b) => inVietnameseOrder(a.name, b.name) || inVietnameseOrder(a.code, b.code))
    .map(({ code, name }) => row([textCell(code), textCell(name)], 1))
  return table('silent-units', say(language, 'caption_silent'), columns, rows)
}
