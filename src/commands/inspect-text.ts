import type { Definitions, Inspection, LabelKey, Language } from '../index.js'
import { hiddenText, lackingText, shownCounts, unreadText, type Words } from './ingest-text.js'

type Api = typeof import('../index.js')

const SAMPLE = 3
const SEPARATORS: Record<string, LabelKey> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' }

/** What loading a file would come to, as people read it. */
export function inspectionText(
  one: Inspection,
  words: Words,
  definitions: Definitions,
  lang: Language,
  api: Pick<Api, 'maskPersonal' | 'metricsWithout' | 'reasonLabel' | 'sampleRows' | 'skipLabel'>,
): string {
  const { result, skipped, rejects, words: unknown, dates } = one
  const [sniffed, mapping] = [one.sniffed!, one.mapping!]
  const { columns: known, label: kindLabel } = definitions.kinds[mapping.kind]
  const { sample } = api.sampleRows(sniffed, mapping, SAMPLE)
  const lines: string[] = []
  const separator = SEPARATORS[sniffed.delimiter]
  const form = sniffed.sheet
    ? [words.say('sheet', { sheet: sniffed.sheet.name })]
    : [
        `${sniffed.encoding}${sniffed.confidence < 1 ? ` (${Math.round(sniffed.confidence * 100)} %)` : ''}${sniffed.isPacked ? ', gzip' : ''}`,
        separator ? words.say(separator) : sniffed.delimiter,
      ]
  const title = [
    result.layout ? `${kindLabel[lang]} (${words.say('layout', { layout: result.layout })})` : kindLabel[lang],
    ...form,
    words.say('header_on_line', { line: sniffed.head[mapping.headerRecord]!.line }),
  ]
  if (sniffed.sheet && sniffed.sheet.others.length > 0)
    title.push(words.say('other_sheets', { sheets: sniffed.sheet.others.map((name) => `"${name}"`).join(', ') }))
  lines.push(title.join(' · '))
  const hiding = hiddenText(result.hidden, words.say, words.count)
  if (hiding !== '') lines.push(hiding)
  for (const { id, header, index } of mapping.columns) {
    const cells = mapping.personal.includes(header)
      ? []
      : sample.map((row) => api.maskPersonal(row[index] ?? '')).filter((cell) => cell !== '')
    const shown = cells.slice(0, 2).join(' · ').slice(0, 60)
    lines.push(`${header} → ${id}${shown === '' ? '' : `   ${shown}`}`)
  }
  for (const { header, factor } of mapping.items) lines.push(`${header} → ${factor ?? words.say('item')}`)
  if (mapping.personal.length > 0) lines.push(words.say('personal_dropped', { columns: mapping.personal.join(', ') }))
  const unread = unreadText(result, words, definitions, lang)
  if (unread !== '') lines.push(unread)
  const lacking = lackingText(result, words, definitions, lang, api.metricsWithout)
  if (lacking !== '') lines.push(lacking)
  const taken = new Set([...mapping.columns.map(({ id }) => id), ...Object.keys(mapping.layout?.constants ?? {})])
  const missing = Object.keys(known).filter((id) => known[id]!.type !== 'hash' && !taken.has(id))
  if (missing.length > 0) lines.push(words.say('not_in_file', { columns: missing.join(', ') }))
  for (const { header, from, to, formats } of dates) {
    const days = { header, from: dayText(from, lang), to: dayText(to, lang), formats: formats.join(', ') }
    lines.push(words.say(formats.length > 0 ? 'dates_seen' : 'dates_none', days))
  }
  const reasons = Object.entries(skipped).map(([reason, n]) => `${api.skipLabel(lang, reason)} (${words.count(n)})`)
  if (reasons.length > 0) lines.push(words.say('skipped_rows', { reasons: reasons.join(', ') }))
  for (const { reason, header, column, rows, example } of rejects) {
    const values = { n: words.count(rows), reason: api.reasonLabel(lang, reason), column: header ?? column ?? '' }
    const what = words.say((header ?? column) ? 'rejected_rows_in' : 'rejected_rows', values)
    lines.push(example ? `${what}; ${words.say('for_example', { line: example.line, text: example.text ?? '' })}` : what)
  }
  for (const [header, some] of grouped(unknown)) {
    const texts = some.map(({ text, rows }) => `"${text}" (${words.count(rows)})`)
    lines.push(words.say('unknown_words', { header, texts: texts.join(', ') }))
  }
  const counts = shownCounts([result]).map((key) => `${words.count(result.counts[key])} ${words.say(key)}`)
  lines.push(`${words.say(result.error ? 'would_be_refused' : 'would_be_loaded')}: ${counts.join('  ')}`)
  return `${result.file}\n${lines.map((line) => `  ${line}\n`).join('')}`
}

const dayText = (day: string | null, lang: Language): string =>
  day === null ? '–' : lang === 'vi' ? day.split('-').reverse().join('/') : day

function grouped(words: Inspection['words']): Map<string, Inspection['words']> {
  const byHeader = new Map<string, Inspection['words']>()
  for (const word of words) byHeader.set(word.header ?? word.column, [...(byHeader.get(word.header ?? word.column) ?? []), word])
  return byHeader
}

/** The same for programs; a file that is refused by what it is has its error and no more. */
export function inspectionJson(
  { result, sniffed, mapping, skipped, rejects, words, dates }: Inspection,
  definitions: Definitions,
  lang: Language,
  api: Pick<Api, 'maskPersonal' | 'metricsWithout' | 'sampleRows'>,
): Record<string, unknown> {
  const error = result.error?.asJson(lang) ?? null
  if (!sniffed || !mapping) return { file: result.file, error }
  const { columns: known } = definitions.kinds[mapping.kind]
  const { sample } = api.sampleRows(sniffed, mapping, SAMPLE)
  return {
    file: result.file,
    kind: mapping.kind,
    layout: result.layout,
    encoding: sniffed.encoding,
    encoding_confidence: Math.round(sniffed.confidence * 100) / 100,
    is_gzip: sniffed.isPacked,
    sheet: sniffed.sheet?.name ?? null,
    other_sheets: sniffed.sheet?.others ?? [],
    hidden: result.hidden,
    delimiter: sniffed.delimiter,
    bytes: sniffed.bytes,
    header_line: sniffed.head[mapping.headerRecord]!.line,
    status: result.status,
    counts: result.counts,
    columns: mapping.columns.map(({ id, header, index }) => ({
      header,
      column: id,
      sample: mapping.personal.includes(header) ? [] : sample.map((cells) => api.maskPersonal(cells[index] ?? '')),
    })),
    items: mapping.items.map(({ header, factor }) => ({ header, factor })),
    personal_columns: mapping.personal,
    ignored_columns: mapping.ignored,
    unread_columns: result.unread,
    lacking_columns: result.lacking,
    lacking_metrics:
      result.lacking.length > 0 && mapping.kind === 'dossiers' ? api.metricsWithout(result.lacking, definitions).map(({ id }) => id) : [],
    missing_columns: Object.keys(known).filter((id) => known[id]!.type !== 'hash' && !mapping.columns.some((column) => column.id === id)),
    skipped: { rows: result.counts.read, reasons: skipped },
    rejected: rejects,
    unknown_words: words,
    dates,
    error,
  }
}
