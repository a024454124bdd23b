import type { Definitions, FileResult, Hidden, Kind, LabelKey, Language, UnknownUnit } from '../index.js'

/** What the texts are made with: the words and numbers of a language, the names of the kinds. */
export interface Words {
  say: (key: LabelKey, values?: Record<string, string | number>) => string
  count: (n: number) => string
  kind: (kind: Kind) => string
}

const COUNTS = ['read', 'loaded', 'unchanged', 'superseded', 'rejected', 'skipped'] as const

/** The counts that are said of files: those read and loaded, and the others that are not all 0. */
export function shownCounts(results: readonly FileResult[]): (typeof COUNTS)[number][] {
  return COUNTS.filter((key) => key === 'read' || key === 'loaded' || results.some(({ counts }) => counts[key] > 0))
}

function readAs({ kind, layout, encoding, sheet }: FileResult, words: Words): string {
  if (kind === null) return ''
  return [words.kind(kind), sheet === null ? null : `"${sheet}"`, layout, encoding === 'utf-8' ? null : encoding]
    .filter((part) => part)
    .join(', ')
}

/** What a sheet hides and was read all the same; '' where it hides nothing. */
export function hiddenText(hidden: Hidden | null, say: Words['say'], count: Words['count']): string {
  const parts = [
    hidden && hidden.rows > 0 ? say('hidden_rows', { n: count(hidden.rows) }) : '',
    hidden && hidden.columns > 0 ? say('hidden_columns', { n: count(hidden.columns) }) : '',
    hidden?.sheet ? say('hidden_sheet') : '',
  ].filter((part) => part !== '')
  return parts.length === 0 ? '' : say('hidden_read', { parts: parts.join(', ') })
}

/** One file in one line. */
export function fileLine(result: FileResult, words: Words): string {
  const counts = shownCounts([result]).map((key) => `${words.count(result.counts[key])} ${words.say(key)}`)
  return ` ✓ ${result.file}  ${readAs(result, words)} · ${counts.join('  ')}\n`
}

/** Several files as a table with its totals, in the order they were named. */
export function fileTable(
  results: readonly FileResult[],
  words: Words,
  renderList: typeof import('../index.js').renderList,
  width: number,
): string {
  const shown = shownCounts(results)
  const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
  const rows = results.map((result) => ({
    file: `${result.error ? '✗' : '✓'} ${result.file}`,
    kind: result.error ? words.say('not_loaded') : readAs(result, words),
    ...Object.fromEntries(shown.map((key) => [key, result.error ? '' : words.count(result.counts[key])])),
  }))
  const total = {
    file: `  ${words.say('files', { n: results.length })}`,
    kind: '',
    ...Object.fromEntries(shown.map((key) => [key, words.count(results.reduce((sum, { counts }) => sum + counts[key], 0))])),
  }
  const columns = [
    { key: 'file', heading: `  ${words.say('file')}`, wraps: true },
    { key: 'kind', heading: words.say('kind'), wraps: true },
    ...shown.map((key) => ({ key, heading: capital(words.say(key)), isNumber: true })),
  ]
  return renderList([...rows, total], columns, width)
}

function toldTexts({ contradiction, shared_codes, shared_code_lines = [] }: FileResult['told'], { say, count }: Words): string[] {
  const lines = shared_code_lines.map((pair) => pair.join(', ')).join('; ')
  return [
    ...(contradiction === undefined ? [] : [say('told_contradiction', { n: count(contradiction) })]),
    ...(shared_codes === undefined ? [] : [say('told_shared_codes', { n: count(shared_codes), lines })]),
  ]
}

/** Personal columns that were dropped, what sheets hide, where to see the rejected rows, and results that were kept. */
export function fileNotes(
  results: readonly FileResult[],
  words: Words,
): { personal: string; hidden: string; told: string; rejected: string; kept: string; folded: string } {
  const personal = [...new Set(results.flatMap((result) => result.personal))]
  const rejected = results.filter(({ counts, loadId }) => counts.rejected > 0 && loadId !== null)
  const counted = (key: 'kept' | 'folded', text: LabelKey): string =>
    results
      .filter((result) => result[key] > 0)
      .map((result) => `   ${results.length > 1 ? `${result.file}: ` : ''}${words.say(text, { n: words.count(result[key]) })}\n`)
      .join('')
  return {
    personal: personal.length > 0 ? `   ${words.say('personal_dropped', { columns: personal.join(', ') })}\n` : '',
    hidden: results
      .map(({ file, hidden }) => ({ file, text: hiddenText(hidden, words.say, words.count) }))
      .filter(({ text }) => text !== '')
      .map(({ file, text }) => `   ${results.length > 1 ? `${file}: ` : ''}${text}\n`)
      .join(''),
    told: results
      .flatMap(({ file, told }) => toldTexts(told, words).map((text) => `   ${results.length > 1 ? `${file}: ` : ''}${text}\n`))
      .join(''),
    kept: counted('kept', 'results_kept'),
    folded: counted('folded', 'codes_folded'),
    rejected: rejected
      .map(({ counts, loadId }) => `   ${words.say('rows_rejected', { n: words.count(counts.rejected), load: loadId! })}\n`)
      .join(''),
  }
}

/** The columns of a file that are not read, with what they look like; '' where all are. */
export function unreadText({ kind, unread }: FileResult, { say }: Words, definitions: Definitions, lang: Language): string {
  if (kind === null || unread.length === 0) return ''
  const columns = unread.map(({ header, looks_like: id }) =>
    id === null ? header : say('column_like', { header, column: definitions.kinds[kind].columns[id]!.label[lang] }),
  )
  return say('not_read', { columns: columns.join(', ') })
}

/** The columns that earlier files had and this one lacks, with the metrics that can't be computed from it; '' where it has all. */
export function lackingText(
  { kind, lacking }: FileResult,
  { say }: Words,
  definitions: Definitions,
  lang: Language,
  metricsWithout: typeof import('../index.js').metricsWithout,
): string {
  if (kind === null || lacking.length === 0) return ''
  const columns = lacking.map((id) => definitions.kinds[kind].columns[id]?.label[lang] ?? id).join(', ')
  const metrics = kind === 'dossiers' ? metricsWithout(lacking, definitions).map(({ short }) => short[lang]) : []
  return say(metrics.length > 0 ? 'lacking_columns_for' : 'lacking_columns', { columns, metrics: metrics.join(', ') })
}

/** One line for all files of which the same is said; '' for those of which nothing is. */
export function sharedLines(results: readonly FileResult[], textOf: (result: FileResult) => string, { say }: Words): string {
  const files = new Map<string, string[]>()
  for (const result of results) {
    const text = textOf(result)
    if (text !== '') files.set(text, [...(files.get(text) ?? []), result.file])
  }
  return [...files]
    .map(([text, [first, ...more]]) => {
      const whose = more.length === 0 ? first! : say('and_more_files', { file: first!, n: more.length })
      return `   ${results.length > 1 ? `${whose}: ` : ''}${text}\n`
    })
    .join('')
}

/** Units that the registry does not know, the first five by name. */
export function unknownUnitsText(
  units: readonly UnknownUnit[],
  { say, count }: Words,
  [title, line]: readonly [LabelKey, LabelKey] = ['units_unknown', 'dossiers_of_unit'],
): string {
  const lines = units.slice(0, 5).map(({ said, rows, suggestions }) => {
    const like = suggestions.length > 0 ? `; ${say('note_similar', { names: suggestions.join(', ') })}` : ''
    return `   ${say(line, { unit: said, n: count(rows) })}${like}`
  })
  const more = units.length > lines.length ? [`   ${say('and_more', { n: units.length - lines.length })}`] : []
  return `${[` ${say(title, { n: units.length })}`, ...lines, ...more].join('\n')}\n`
}
