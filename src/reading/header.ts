import { ToolError } from '../errors.js'
import { both, say } from '../messages/message.js'
import type { LayoutColumn } from '../definitions/layout.js'
import type { Definitions } from '../definitions/load.js'
import type { Kind, Layout } from '../definitions/schema.js'
import { clean, fold, headerKey } from '../language/fold.js'
import { saysPercent } from '../language/number.js'
import { aliasKeys, nameKey, personalHeaders, personalKeys, type AliasKeys } from './alias-keys.js'
import { contradiction, standings, surest, type Standing } from './kind.js'
import { byLayout, findLayout, headerMissing } from './layout.js'
import { SUBMITTER, withoutPersonal } from './personal-columns.js'
import type { SkipRule } from './skip.js'
import { contradictedKind, uncertainKind, unknownKind } from './unknown-kind.js'
import type { Sniffed } from './sniff.js'
import type { Dates } from './date-evidence.js'

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
  /** Columns whose empty cells say what stands above them. */
  fillDown: readonly number[]
  personal: string[]
  ignored: string[]
  /** How its days are to be read, as the user says. */
  dates?: Dates
  /** The columns under another header of the kind; absent: a layout says what the columns are. */
  otherColumns?: (cells: string[]) => MappedColumn[]
}

/** What the user says a file is. */
interface Wanted {
  kind?: Kind
  layout?: Layout
  /** A sheet that was asked for, whatever sheet a layout is for. */
  sheet?: string | undefined
}

const HEADER_WITHIN = 40
/** Columns besides those of a shipped layout that leave it the better reading of a file. */
const FEW = 6

/**
 * Recognises the header, the kind and the columns of a file: by the layout or kind given, else by a layout whose headers are all
 * there, else by aliases. Errors: unknown_kind (what was found, what is needed, what looks like it), uncertain_kind (what speaks for
 * which), contradicted_kind, header_too_low, ambiguous_column.
 */
export function recognise(sniffed: Sniffed, definitions: Definitions, wanted: Wanted = {}): Mapping {
  const isForSheet = ({ sheet }: Layout): boolean =>
    sheet === undefined || sniffed.sheet === null || wanted.sheet !== undefined || clean(sheet) === clean(sniffed.sheet.name)
  const layouts = definitions.layouts.filter((layout) => (!wanted.kind || layout.kind === wanted.kind) && isForSheet(layout))
  const found = wanted.layout
    ? findLayout(sniffed, [wanted.layout])
    : findLayout(sniffed, layouts, (layout, headerRecord) => isRivalled(layout, sniffed, headerRecord, definitions))
  if (found) {
    const mapping = byLayout(found, sniffed)
    const hashed = mapping.columns.filter(({ id }) => id === SUBMITTER).map(({ header }) => header)
    const { personal, ignored } = leftOver(mapping.header, [...mapping.columns, ...mapping.items], definitions)
    return withoutPersonal({ ...mapping, personal: [...personal, ...hashed], ignored }, sniffed, definitions)
  }
  if (wanted.layout) throw headerMissing(wanted.layout, sniffed)
  const row = firstHeader(sniffed, 0, definitions, wanted.kind)
  if (!row) throw tooLow(sniffed, definitions, wanted.kind) ?? unknownKind(sniffed, definitions, wanted.kind)
  const mapping = wanted.kind ? asWanted(row, wanted.kind, sniffed) : surest(row)
  if (!mapping) throw uncertainKind(row, sniffed, definitions)
  refuseDoubles(mapping, sniffed)
  const rest = leftOver(mapping.header, [...mapping.columns, ...mapping.items], definitions)
  const otherColumns = (cells: string[]): MappedColumn[] => byAliases(mapping.kind, cells, mapping.headerRecord, definitions).columns
  return withoutPersonal({ ...mapping, ...rest, otherColumns }, sniffed, definitions)
}

/** What the first row that could be a header, from a record on, could be the header of. */
function firstHeader({ head }: Sniffed, from: number, definitions: Definitions, wanted?: Kind): Standing[] | undefined {
  for (const [at, { cells }] of head.slice(from, from + HEADER_WITHIN).entries()) {
    const all = standingsOf(cells, from + at, definitions)
    if (all.some(({ mapping }) => !wanted || mapping.kind === wanted)) return all
  }
  return undefined
}

function standingsOf(cells: string[], headerRecord: number, definitions: Definitions): Standing[] {
  const mappings = (Object.keys(definitions.kinds) as Kind[]).map((kind) => byAliases(kind, cells, headerRecord, definitions))
  return mappings.some((mapping) => isEnough(mapping, definitions))
    ? standings(mappings, (mapping) => isEnough(mapping, definitions), definitions)
    : []
}

/** The mapping of the kind that the user says a file is of. Error: contradicted_kind. */
function asWanted(all: Standing[], kind: Kind, sniffed: Sniffed): Mapping {
  const standing = all.find(({ mapping }) => mapping.kind === kind)!
  const against = contradiction(standing, all)
  if (against.length > 0) throw contradictedKind(standing, against, sniffed)
  return standing.mapping
}

/** Whether the headers of a layout shipped with the tool, which are short, are but a part of a file of another kind, or of a richer one. */
function isRivalled(layout: Layout & { file?: string }, { head }: Sniffed, headerRecord: number, definitions: Definitions): boolean {
  const { cells } = head[headerRecord]!
  if (layout.file !== undefined || cells.length <= Object.keys(layout.columns).length) return false
  const all = standingsOf(cells, headerRecord, definitions)
  if (all.length === 0) return false
  const other = surest(all)
  if (other?.kind !== layout.kind) return other !== null || all.some(({ mapping }) => mapping.kind !== layout.kind)
  const further = new Set(cells.map(headerKey)).size - (layout.header?.length ?? 0)
  return further > FEW && other.columns.length + other.items.length > Object.keys(layout.columns).length
}

/** The error of a file whose header stands below more rows than titles have. */
function tooLow(sniffed: Sniffed, definitions: Definitions, wanted?: Kind): ToolError | null {
  const low = firstHeader(sniffed, HEADER_WITHIN, definitions, wanted)
  if (!low) return null
  const { line } = sniffed.head[low[0]!.mapping.headerRecord]!
  return new ToolError('header_too_low', say('reading.header_too_low', { line: String(line), within: HEADER_WITHIN }), {
    place: { file: sniffed.file, line },
    hint: say('reading.say_header_row'),
  })
}

/** How well a file's header is known: 2 by a layout that is for this very sheet, 1, a half where its kind is in doubt, 0 where it is not. */
export function recognition(sniffed: Sniffed, definitions: Definitions, wanted: Wanted): 0 | 0.5 | 1 | 2 {
  try {
    return recognise(sniffed, definitions, wanted).layout?.sheet === undefined ? 1 : 2
  } catch (error) {
    if (error instanceof ToolError && (error.code === 'uncertain_kind' || error.code === 'contradicted_kind')) return 0.5
    if (error instanceof ToolError) return error.code === 'ambiguous_column' || error.code === 'header_too_low' ? 1 : 0
    throw error
  }
}

function byAliases(kind: Kind, cells: string[], headerRecord: number, definitions: Definitions): Mapping {
  const { columns: byKey, paths } = aliasKeys(kind, definitions)
  const personal = personalKeys(definitions)
  const columns = cells
    .map((header, index) => ({
      id: inPerCent(byKey.get(headerKey(header)) ?? byPath(header, paths) ?? byKey.get(nameKey(header.split(' > ').at(-1)!)) ?? '', header),
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
    fillDown: [],
    personal: [],
    ignored: [],
  }

  /** No names are per cent: "Chỉ tiêu (%)" of a plan are its targets. */
  function inPerCent(id: string, header: string): string {
    if (definitions.kinds[kind].columns[id]?.type !== 'metric' || !saysPercent(header)) return id
    return kind === 'targets' ? 'target' : ''
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
    const inGrid = /\S\s*\[([^\]]+)\]$/.exec(clean(header))?.[1]
    const bare = headerKey(fold(inGrid ?? header).replace(/^(câu hỏi|câu|q|c)?\s*\d+(\.\d+)*\s*[.):-]?\s*/, ''))
    const factor = factors.find(({ key }) => key === bare)?.factor ?? null
    const isItem = factor !== null || inGrid !== undefined || /^(câu hỏi|câu|q|c)\s*\d+|^\d+(\.\d+)*\s*[.)]/.test(fold(header))
    return isItem ? [{ factor, index, header: clean(header) }] : []
  })
}

function leftOver(cells: string[], used: { index: number }[], definitions: Definitions): Pick<Mapping, 'personal' | 'ignored'> {
  const taken = new Set(used.map(({ index }) => index))
  const rest = cells.filter((cell, index) => !taken.has(index) && clean(cell) !== '').map(clean)
  const isPersonal = personalHeaders(definitions)
  return { personal: rest.filter(isPersonal), ignored: rest.filter((header) => !isPersonal(header)) }
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
    const names = both(same.map(({ header, index }) => say('reading.header_at', { header, n: index + 1 })))
    throw new ToolError('ambiguous_column', say('reading.same_columns', { column: id, headers: names }), {
      place: { file: sniffed.file, line: sniffed.head[mapping.headerRecord]!.line },
      hint: say('reading.choose_in_layout'),
      details: { column: id, headers: same.map(({ header }) => header) },
    })
  }
}
