import { ToolError } from '../errors.js'
import { clean } from '../language/fold.js'
import type { Sniffed } from './sniff.js'
import { listSheets, readSheetHead, type Merge, type SheetHead } from '../workbook/workbook.js'

const HEAD_ROWS = 1000
const HEADER_WITHIN = 40

/** The sheet of a workbook that rows are read from. */
export interface ChosenSheet {
  name: string
  isHidden: boolean
  /** Sheets besides it. */
  others: string[]
}

/**
 * Looks at the sheets of a workbook, the visible ones first, and takes the one whose header is best known (0: not); or the one wanted. Errors:
 * ambiguous_sheet, unknown_sheet, and what hinders reading. Without a known header: the first visible sheet, to be refused by its header.
 */
export async function sniffWorkbook(
  file: string,
  bytes: number,
  wanted: string | undefined,
  howKnown: (sniffed: Sniffed) => number,
): Promise<Sniffed> {
  const sheets = (await listSheets(file)).sort((a, b) => Number(a.isHidden) - Number(b.isHidden))
  const candidates = wanted === undefined ? sheets : sheets.filter(({ name }) => clean(name) === clean(wanted))
  const names = sheets.map(({ name }) => `"${name}"`).join(', ')
  if (candidates.length === 0)
    throw new ToolError('unknown_sheet', `there is no sheet "${wanted}"`, { place: { file }, hint: `sheets: ${names}` })
  const looked: Sniffed[] = []
  for (const { name, isHidden } of candidates) {
    const head = await readSheetHead(file, name, HEAD_ROWS)
    const others = sheets.filter((other) => other.name !== name).map((other) => other.name)
    looked.push(fromHead(file, bytes, head, { name, isHidden, others }))
  }
  const ranks = wanted === undefined ? looked.map(howKnown) : looked.map(() => 1)
  const best = Math.max(1, ...ranks)
  const known = looked.filter((_, i) => ranks[i] === best)
  const visible = known.filter(({ sheet }) => !sheet!.isHidden)
  if (visible.length > 1) {
    const same = visible.map(({ sheet }) => `"${sheet!.name}"`).join(', ')
    throw new ToolError('ambiguous_sheet', `several sheets have a known header: ${same}`, {
      place: { file },
      hint: 'choose one with --sheet NAME',
    })
  }
  return visible[0] ?? known[0] ?? looked[0]!
}

function fromHead(file: string, bytes: number, head: SheetHead, sheet: ChosenSheet): Sniffed {
  return {
    file,
    bytes,
    encoding: 'utf-8',
    confidence: 1,
    isPacked: false,
    sheet,
    delimiter: ',',
    newline: null,
    hasLineFeeds: true,
    head: joinHeader(head),
    isWhole: head.isWhole,
    endOfRecord: () => null,
  }
}

/** The rows that are not empty; header rows that merged cells put above one another become one, their texts joined by " > ". */
export function joinHeader({ rows, merges }: SheetHead): Sniffed['head'] {
  const records = rows.map(({ line, cells }) => ({ line, cells })).filter(({ cells }) => cells.some((cell) => clean(cell) !== ''))
  for (let at = 0; at + 1 < Math.min(records.length, HEADER_WITHIN);) {
    const [above, below] = [records[at]!, records[at + 1]!]
    const spans = merges.filter(({ top, bottom, left, right }) => top === above.line - 1 && right > left && bottom < below.line - 1)
    const filled = above.cells.filter((cell) => clean(cell) !== '').length
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
