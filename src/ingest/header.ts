import { nearest, ToolError } from '../errors.js'
import type { LayoutColumn } from '../definitions/layout.js'
import type { Definitions } from '../definitions/load.js'
import type { Kind, Layout } from '../definitions/schema.js'
import { clean, fold, headerKey } from '../language/fold.js'
import { isPersonalRow, shownRow } from '../language/personal.js'
import { byLayout, findLayout, headerMissing } from './layout.js'
import type { SkipRule } from './skip.js'
import type { Sniffed } from './sniff.js'

/** A column of a file and what it is read as. */
export interface MappedColumn {
  id: string
  index: number
  header: string
  /** What a layout says of its cells. */
  options?: LayoutColumn
}

/** How the rows of a file become facts of one kind. */
export interface Mapping {
  kind: Kind
  layout: Layout | null
  /** Index of the header among the head records, and its cells. */
  headerRecord: number
  header: string[]
  columns: MappedColumn[]
  /** Survey items: a column each, with the factor it asks about. */
  items: { factor: string | null; index: number; header: string }[]
  /** Rows that are no records, as a layout says. */
  skips: readonly SkipRule[]
  personal: string[]
  ignored: string[]
}

/** What the user says a file is. */
interface Wanted {
  kind?: Kind
  layout?: Layout
  /** A sheet that was asked for, whatever sheet a layout is for. */
  sheet?: string | undefined
}

const HEADER_WITHIN = 40

/**
 * Recognises the header, the kind and the columns of a file: by the layout or kind given, else by a layout whose headers are all
 * there, else by aliases. Errors: unknown_kind (what was found, what is needed, what looks like it), ambiguous_column, unknown_layout.
 */
export function recognise(sniffed: Sniffed, definitions: Definitions, wanted: Wanted = {}): Mapping {
  const candidates = sniffed.head.slice(0, HEADER_WITHIN)
  const isForSheet = ({ sheet }: Layout): boolean =>
    sheet === undefined || sniffed.sheet === null || wanted.sheet !== undefined || clean(sheet) === clean(sniffed.sheet.name)
  const layouts = definitions.layouts.filter((layout) => (!wanted.kind || layout.kind === wanted.kind) && isForSheet(layout))
  const found = findLayout(sniffed, wanted.layout ? [wanted.layout] : layouts, wanted.layout !== undefined)
  if (found) {
    const mapping = byLayout(found, sniffed)
    return { ...mapping, ...leftOver(mapping.header, [...mapping.columns, ...mapping.items], definitions) }
  }
  if (wanted.layout) throw headerMissing(wanted.layout, sniffed)
  const kinds = wanted.kind ? [wanted.kind] : (Object.keys(definitions.kinds) as Kind[])
  let best: { mapping: Mapping; score: number } | undefined
  for (const [headerRecord, { cells }] of candidates.entries()) {
    for (const kind of kinds) {
      const mapping = byAliases(kind, cells, headerRecord, definitions)
      if (!isEnough(mapping, definitions)) continue
      const score = mapping.columns.length + mapping.items.length + mapping.personal.length * 0.1
      if (!best || score > best.score) best = { mapping, score }
    }
    if (best) break
  }
  if (!best) throw unknownKind(sniffed, definitions, kinds)
  refuseDoubles(best.mapping, sniffed)
  return best.mapping
}

/**
 * Whether a file's header is known (2: by a layout that is for this very sheet), or known but for a doubt that the user can settle; 0 where
 * it is not.
 */
export function recognition(sniffed: Sniffed, definitions: Definitions, wanted: Wanted): 0 | 1 | 2 {
  try {
    return recognise(sniffed, definitions, wanted).layout?.sheet === undefined ? 1 : 2
  } catch (error) {
    if (error instanceof ToolError) return error.code === 'ambiguous_column' ? 1 : 0
    throw error
  }
}

function byAliases(kind: Kind, cells: string[], headerRecord: number, definitions: Definitions): Mapping {
  const byKey = new Map<string, string>()
  for (const [id, { aliases }] of Object.entries(definitions.kinds[kind].columns)) {
    for (const alias of [id, ...aliases]) if (!byKey.has(headerKey(alias))) byKey.set(headerKey(alias), id)
  }
  const personal = personalKeys(definitions)
  const columns = cells
    .map((header, index) => ({
      id: byKey.get(headerKey(header)) ?? byKey.get(headerKey(header.split(' > ').at(-1)!)) ?? '',
      index,
      header: clean(header),
    }))
    .filter(({ id, header }) => id !== '' && (!personal.has(headerKey(header)) || id === 'code'))
  const items = kind === 'survey' && !columns.some(({ id }) => id === 'score') ? surveyItems(cells, columns, definitions) : []
  return {
    kind,
    layout: null,
    headerRecord,
    header: cells,
    columns,
    items,
    skips: [],
    ...leftOver(cells, [...columns, ...items], definitions),
  }
}

/** A column a survey item: "1. Tiếp cận dịch vụ", "Câu 3", "Q12", or the name of a factor. */
function surveyItems(cells: string[], columns: MappedColumn[], definitions: Definitions): Mapping['items'] {
  const taken = new Set(columns.map(({ index }) => index))
  const factors = Object.entries(definitions.vocabularies.factor!).flatMap(([factor, labels]) =>
    labels.map((label) => ({ factor, key: headerKey(label) })),
  )
  return cells.flatMap((header, index) => {
    if (taken.has(index)) return []
    const bare = headerKey(fold(header).replace(/^(câu|q|c)?\s*\d+(\.\d+)*\s*[.):-]?\s*/, ''))
    const factor = factors.find(({ key }) => key === bare)?.factor ?? null
    const isItem = factor !== null || /^(câu|q|c)\s*\d+|^\d+(\.\d+)*\s*[.)]/.test(fold(header))
    return isItem ? [{ factor, index, header: clean(header) }] : []
  })
}

function leftOver(cells: string[], used: { index: number }[], definitions: Definitions): Pick<Mapping, 'personal' | 'ignored'> {
  const taken = new Set(used.map(({ index }) => index))
  const keys = personalKeys(definitions)
  const rest = cells.filter((cell, index) => !taken.has(index) && clean(cell) !== '').map(clean)
  return { personal: rest.filter((header) => keys.has(headerKey(header))), ignored: rest.filter((header) => !keys.has(headerKey(header))) }
}

function personalKeys(definitions: Definitions): Set<string> {
  return new Set(definitions.personal.map(headerKey))
}

function isEnough(mapping: Mapping, definitions: Definitions): boolean {
  const has = new Set(mapping.columns.map(({ id }) => id))
  if (mapping.items.length > 0) has.add('item*')
  const minimum = mapping.kind === 'dossiers' ? 2 : 1
  return has.size >= minimum && definitions.kinds[mapping.kind].requires.some((needed) => needed.every((id) => has.has(id)))
}

function refuseDoubles(mapping: Mapping, sniffed: Sniffed): void {
  for (const { id } of mapping.columns) {
    const same = mapping.columns.filter((other) => other.id === id)
    if (same.length < 2) continue
    const names = same.map(({ header, index }) => `"${header}" (column ${index + 1})`).join(' and ')
    throw new ToolError('ambiguous_column', `two columns say the same, ${id}: ${names}`, {
      place: { file: sniffed.file, line: sniffed.head[mapping.headerRecord]!.line },
      hint: 'choose one with a layout file: --layout FILE',
      details: { column: id, headers: same.map(({ header }) => header) },
    })
  }
}

function unknownKind(sniffed: Sniffed, definitions: Definitions, kinds: Kind[]): ToolError {
  const filled = (record: { cells: string[] }): number => record.cells.filter((cell) => clean(cell) !== '').length
  const widest = sniffed.head
    .slice(0, HEADER_WITHIN)
    .reduce((a, b) => (filled(b) > filled(a) ? b : a), sniffed.head[0] ?? { line: 1, cells: [] })
  const first = widest.cells
  const found = isPersonalRow(first) ? [] : first.map(clean).filter((cell) => cell !== '')
  const suggestions = kinds.flatMap((kind) =>
    Object.entries(definitions.kinds[kind].columns).flatMap(([id, { aliases }]) => {
      const keys = new Map(aliases.toReversed().map((alias) => [headerKey(alias), alias]))
      return found.flatMap((cell) => {
        const [key] = headerKey(cell).length > 2 ? nearest(headerKey(cell), keys.keys()) : []
        return key && key !== headerKey(cell) && Math.abs(key.length - headerKey(cell).length) <= 2
          ? [{ cell, alias: keys.get(key)!, kind, id }]
          : []
      })
    }),
  )
  const needs = kinds.map((kind) => {
    const { label, requires, columns } = definitions.kinds[kind]
    const [needed = []] = requires
    return `${label.en}: ${needed.map((id) => columns[id]?.aliases.slice(0, 3).join(' / ') ?? 'a column for each question').join(' + ')}`
  })
  const like = suggestions.slice(0, 3).map(({ cell, alias }) => `"${cell}" looks like "${alias}"`)
  return new ToolError('unknown_kind', `no known header in the first ${HEADER_WITHIN} rows; found ${shownRow(first)}`, {
    place: { file: sniffed.file, line: widest.line },
    hint: [
      `needed ${needs.join('; ')}`,
      ...like,
      `draft a layout: cchc inspect ${sniffed.file} --write-layout office.yaml, then load with --layout office.yaml`,
    ].join('\n'),
    details: { found, suggestions },
  })
}
