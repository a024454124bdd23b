import { ToolError, type Source } from '../errors.js'
import { listed, say } from '../messages/message.js'
import { clean } from '../language/fold.js'
import type { Sniffed } from './sniff.js'
import { listSheets, readSheetHead, type Merge, type SheetHead, type Span } from '../workbook/workbook.js'

const HEAD_ROWS = 1000
const HEADER_WITHIN = 40

/** The sheet of a workbook that rows are read from. */
export interface ChosenSheet {
  name: string
  isHidden: boolean
  /** Sheets besides it. */
  others: string[]
  hiddenColumns: Span[]
  /** The merged areas that begin among the first rows: asking may read on. */
  merges: () => Promise<Merge[]>
  /** What its dates count from. */
  dateSystem: 1900 | 1904
}

/**
 * Looks at the sheets of a workbook, the visible ones first, and takes the one whose header is best known (0: not); or the one wanted. Errors:
 * ambiguous_sheet, unknown_sheet, and what hinders reading. Without a known header: the first visible sheet, to be refused by its header.
 */
export async function sniffWorkbook(
  source: Source,
  bytes: number,
  wanted: string | undefined,
  howKnown: (sniffed: Sniffed) => number,
): Promise<Sniffed> {
  const sheets = (await listSheets(source)).sort((a, b) => Number(a.isHidden) - Number(b.isHidden))
  const candidates = wanted === undefined ? sheets : sheets.filter(({ name }) => clean(name) === clean(wanted))
  if (wanted !== undefined && candidates.length === 0) {
    const hint = say('reading.sheets_are', { sheets: listed(sheets.map(({ name }) => `"${name}"`)) })
    throw new ToolError('unknown_sheet', say('reading.no_sheet', { sheet: wanted }), { place: { file: source.file }, hint })
  }
  const looked: Sniffed[] = []
  for (const { name, isHidden } of candidates) {
    const head = await readSheetHead(source, name, HEAD_ROWS)
    const others = sheets.filter((other) => other.name !== name).map((other) => other.name)
    const { hiddenColumns, is1904 } = head
    const sheet = { name, isHidden, others, hiddenColumns, merges: head.below, dateSystem: is1904 ? 1904 : 1900 } as const
    looked.push(await fromHead(source, bytes, head, sheet, (one) => howKnown(one) > 0))
  }
  const ranks = wanted === undefined ? looked.map(howKnown) : looked.map(() => 1)
  const best = Math.max(...ranks)
  const known = best > 0 ? looked.filter((_, i) => ranks[i] === best) : []
  const visible = known.filter(({ sheet }) => !sheet!.isHidden)
  if (visible.length > 1) {
    const same = listed(visible.map(({ sheet }) => `"${sheet!.name}"`))
    throw new ToolError('ambiguous_sheet', say('reading.several_sheets', { sheets: same }), {
      place: { file: source.file },
      hint: say('reading.choose_sheet'),
    })
  }
  return visible[0] ?? known[0] ?? looked[0]!
}

async function fromHead(
  { file, path }: Source,
  bytes: number,
  { rows, isWhole, below }: SheetHead,
  sheet: ChosenSheet,
  isKnown: (sniffed: Sniffed) => boolean,
): Promise<Sniffed> {
  const records = rows.map(({ line, cells }) => ({ line, cells })).filter(({ cells }) => cells.some(isFilled))
  const sniffed: Sniffed = {
    file,
    path,
    bytes,
    encoding: 'utf-8',
    confidence: 1,
    isPacked: false,
    sheet,
    delimiter: ',',
    newline: null,
    hasLineFeeds: true,
    head: records,
    isWhole,
    endOfRecord: () => null,
  }
  const top = plainTop(records)
  if (top !== null && isKnown({ ...sniffed, head: top })) return sniffed
  return { ...sniffed, head: joinHeader(records, await below()) }
}

const isFilled = (cell: string): boolean => clean(cell) !== ''

/** The records down to the first with several cells, where it fills all columns in use: nothing in it is merged with cells beside it. */
function plainTop(records: Sniffed['head']): Sniffed['head'] | null {
  const at = records.findIndex(({ cells }) => cells.filter(isFilled).length > 1)
  const cells = records[at]?.cells ?? []
  const isWider = records.some((record) => record.cells.slice(cells.length).some(isFilled))
  const first = cells.findIndex(isFilled)
  return at < 0 || isWider || !cells.slice(first).every(isFilled) ? null : records.slice(0, at + 1)
}

/** Header rows that merged cells put above one another become one, their texts joined by " > ". */
function joinHeader(rows: Sniffed['head'], merges: readonly Merge[]): Sniffed['head'] {
  const records = [...rows]
  for (let at = 0; at + 1 < Math.min(records.length, HEADER_WITHIN);) {
    const [above, below] = [records[at]!, records[at + 1]!]
    const spans = merges.filter(({ top, bottom, left, right }) => top === above.line - 1 && right > left && bottom < below.line - 1)
    const filled = above.cells.filter(isFilled).length
    if (spans.length === 0 || filled < 2 || below.line !== above.line + 1) {
      at++
      continue
    }
    records.splice(at, 2, { line: below.line, cells: joined(above.cells, below.cells, spans) })
  }
  return records
}

function joined(above: readonly string[], below: readonly string[], spans: readonly Merge[]): string[] {
  const width = Math.max(above.length, below.length, ...spans.map(({ right }) => right + 1))
  return Array.from({ length: width }, (_, i) => {
    const span = spans.find(({ left, right }) => left <= i && i <= right)
    const parent = clean(above[span?.left ?? i] ?? '')
    const child = clean(below[i] ?? '')
    if (parent === '' || child === '' || parent === child) return parent || child
    return `${parent} > ${child}`
  })
}
