import { nearest, ToolError } from '../errors.js'
import type { LayoutColumn } from '../definitions/layout.js'
import type { Definitions } from '../definitions/load.js'
import type { Kind, Layout } from '../definitions/schema.js'
import { clean, fold, headerKey } from '../language/fold.js'
import { isPersonalRow, shownRow } from '../language/personal.js'
import { aliasKeys, personalKeys, type AliasKeys } from './alias-keys.js'
import { byLayout, findLayout, headerMissing } from './layout.js'
import { SUBMITTER, withoutPersonal } from './personal-columns.js'
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
 * there, else by aliases. Errors: unknown_kind (what was found, what is needed, what looks like it), header_too_low, ambiguous_column.
 */
export function recognise(sniffed: Sniffed, definitions: Definitions, wanted: Wanted = {}): Mapping {
  const isForSheet = ({ sheet }: Layout): boolean =>
    sheet === undefined || sniffed.sheet === null || wanted.sheet !== undefined || clean(sheet) === clean(sniffed.sheet.name)
  const layouts = definitions.layouts.filter((layout) => (!wanted.kind || layout.kind === wanted.kind) && isForSheet(layout))
  const found = findLayout(sniffed, wanted.layout ? [wanted.layout] : layouts, wanted.layout !== undefined)
  if (found) {
    const mapping = byLayout(found, sniffed)
    const hashed = mapping.columns.filter(({ id }) => id === SUBMITTER).map(({ header }) => header)
    const { personal, ignored } = leftOver(mapping.header, [...mapping.columns, ...mapping.items], definitions)
    return withoutPersonal({ ...mapping, personal: [...personal, ...hashed], ignored }, sniffed, definitions)
  }
  if (wanted.layout) throw headerMissing(wanted.layout, sniffed)
  const kinds = wanted.kind ? [wanted.kind] : (Object.keys(definitions.kinds) as Kind[])
  const mapping = bestByAliases(kinds, sniffed, 0, definitions)
  if (!mapping) throw tooLow(kinds, sniffed, definitions) ?? unknownKind(sniffed, definitions, kinds)
  refuseDoubles(mapping, sniffed)
  return withoutPersonal(mapping, sniffed, definitions)
}

/** The first header from a record on, as the kind of which it names most. */
function bestByAliases(kinds: Kind[], { head }: Sniffed, from: number, definitions: Definitions): Mapping | undefined {
  for (const [at, { cells }] of head.slice(from, from + HEADER_WITHIN).entries()) {
    const found = kinds.map((kind) => byAliases(kind, cells, from + at, definitions)).filter((mapping) => isEnough(mapping, definitions))
    const score = ({ columns, items, personal }: Mapping): number => columns.length + items.length + personal.length * 0.1
    if (found.length > 0) return found.reduce((best, other) => (score(other) > score(best) ? other : best))
  }
  return undefined
}

/** The error of a file whose header stands below more rows than titles have. */
function tooLow(kinds: Kind[], sniffed: Sniffed, definitions: Definitions): ToolError | null {
  const low = bestByAliases(kinds, sniffed, HEADER_WITHIN, definitions)
  if (!low) return null
  const { line } = sniffed.head[low.headerRecord]!
  return new ToolError('header_too_low', `line ${line} seems to be the header; it is looked for in the first ${HEADER_WITHIN} rows only`, {
    place: { file: sniffed.file, line },
    hint: 'say header_row in a layout, or remove rows above it, and load the file again',
  })
}

/**
 * Whether a file's header is known (2: by a layout that is for this very sheet), or known but for a doubt that the user can settle; 0 where
 * it is not.
 */
export function recognition(sniffed: Sniffed, definitions: Definitions, wanted: Wanted): 0 | 1 | 2 {
  try {
    return recognise(sniffed, definitions, wanted).layout?.sheet === undefined ? 1 : 2
  } catch (error) {
    if (error instanceof ToolError) return error.code === 'ambiguous_column' || error.code === 'header_too_low' ? 1 : 0
    throw error
  }
}

function byAliases(kind: Kind, cells: string[], headerRecord: number, definitions: Definitions): Mapping {
  const { columns: byKey, paths } = aliasKeys(kind, definitions)
  const personal = personalKeys(definitions)
  const columns = cells
    .map((header, index) => ({
      id: byKey.get(headerKey(header)) ?? byPath(header, paths) ?? byKey.get(nameKey(header.split(' > ').at(-1)!)) ?? '',
      index,
      header: clean(header),
    }))
    .filter(({ id, header }) => id !== '' && (!personal.has(nameKey(header)) || id === 'code'))
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

/** The column whose alias says words of the joined headers, in their order. */
function byPath(header: string, paths: AliasKeys['paths']): string | undefined {
  const rows = header.split(' > ').map(headerKey)
  if (rows.length < 2) return undefined
  const says = ({ parts }: AliasKeys['paths'][number]): boolean => {
    let at = 0
    return parts.every((part) => {
      while (at < rows.length && !rows[at]!.includes(part)) at++
      return at++ < rows.length
    })
  }
  return paths.find(says)?.id
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
  return { personal: rest.filter((header) => keys.has(nameKey(header))), ignored: rest.filter((header) => !keys.has(nameKey(header))) }
}

/** The key of a header without the number of its column behind it: "Mã hồ sơ (2)". */
function nameKey(header: string): string {
  return headerKey(header.replace(/[([]\s*\d+\s*[)\]]\s*$/, ''))
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
