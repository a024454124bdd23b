import { layoutColumn } from '../definitions/layout.js'
import type { Layout } from '../definitions/schema.js'
import { ToolError } from '../errors.js'
import { either, say, type Message } from '../messages/message.js'
import { clean, headerKey } from '../language/fold.js'
import { shownRow } from '../language/personal.js'
import type { Mapping } from './header.js'
import type { Sniffed } from './sniff.js'

const HEADER_WITHIN = 40

interface Laid {
  layout: Layout
  /** Index of the header among the head records. */
  headerRecord: number
}

/**
 * The first row of a file on which one of these layouts has its whole header, and the layout: an office's own before a shipped one, then the one
 * with the longest header. `isRivalled`: whether the row is rather something else; absent for a layout that was asked for.
 */
export function findLayout(
  sniffed: Sniffed,
  layouts: readonly (Layout & { file?: string })[],
  isRivalled?: (layout: Layout & { file?: string }, headerRecord: number) => boolean,
): Laid | undefined {
  const rank = (layout: Layout & { file?: string }): number => headersOf(layout).length + (layout.file === undefined ? 0 : 1000)
  const ranked = [...layouts].sort((a, b) => rank(b) - rank(a))
  for (const [headerRecord, { line, cells }] of sniffed.head.entries()) {
    const isThere = (one: Layout): boolean =>
      (one.header_row === undefined ? headerRecord < HEADER_WITHIN : line === one.header_row) &&
      (isRivalled === undefined || headersOf(one).length > 0) &&
      missingOf(one, cells).length === 0
    const layout = ranked.find((one) => isThere(one) && isRivalled?.(one, headerRecord) !== true)
    if (layout) return { layout, headerRecord }
  }
  return undefined
}

/** The headers a layout is known by, each as the ones that may stand for it. */
function headersOf({ header, columns, items = {} }: Layout): string[][] {
  if (header) return header.map((one) => [one])
  const needed = Object.values(columns).map(layoutColumn)
  return [
    ...needed.filter((one) => !one.is_optional && one.headers.length > 0).map((one) => one.headers),
    ...Object.keys(items).map((one) => [one]),
  ]
}

const missingOf = (layout: Layout, cells: readonly string[]): string[][] => {
  const present = new Set(cells.map(headerKey))
  return headersOf(layout).filter((some) => !some.some((header) => present.has(headerKey(header))))
}

/** What hinders layouts that come near from reading a file, a line each: those of whose headers at least half stand in one row of it. */
export function nearLayouts(sniffed: Sniffed, layouts: readonly Layout[]): Message[] {
  return layouts.flatMap((layout) => {
    const needed = headersOf(layout).length
    const rows = sniffed.head.slice(0, HEADER_WITHIN).map(({ line, cells }) => ({ line, missing: missingOf(layout, cells) }))
    const nearest = rows.reduce((a, b) => (b.missing.length < a.missing.length ? b : a), rows[0] ?? { line: 1, missing: [[]] })
    if (needed === 0 || nearest.missing.length > needed / 2) return []
    const lacks = nearest.missing.map((some) => some.join(' / ')).join(', ')
    if (lacks !== '') return [say('reading.layout_lacks', { layout: layout.id, lacks })]
    if (layout.header_row !== undefined && layout.header_row !== nearest.line)
      return [say('reading.layout_header_line', { layout: layout.id, line: String(layout.header_row), here: String(nearest.line) })]
    if (layout.sheet !== undefined && sniffed.sheet !== null && clean(layout.sheet) !== clean(sniffed.sheet.name))
      return [say('reading.layout_for_sheet', { layout: layout.id, sheet: layout.sheet })]
    return []
  })
}

/** The error of a layout that was asked for and has no header in the file, with what stands where it should be. */
export function headerMissing(layout: Layout, { file, head, sheet }: Sniffed): ToolError {
  const needs = (headers: string[][]): string => headers.map((some) => some.join(' / ')).join(', ')
  const place = { file, ...(sheet ? { sheet: sheet.name } : {}) }
  const row = layout.header_row
  if (row === undefined) {
    return new ToolError('unknown_kind', say('reading.layout_header_missing', { layout: layout.id }), {
      place,
      hint: say('reading.layout_needs_found', { needs: needs(headersOf(layout)), found: shownRow(head[0]?.cells ?? []) }),
    })
  }
  const says = head.find(({ line }) => line === row)
  if (says) {
    return new ToolError(
      'unknown_kind',
      say('reading.layout_other_header', { layout: layout.id, line: String(row), found: shownRow(says.cells) }),
      {
        place: { ...place, line: row },
        hint: say('reading.layout_needs_there', { needs: needs(missingOf(layout, says.cells)) }),
      },
    )
  }
  const around = [head.findLast(({ line }) => line < row), head.find(({ line }) => line > row)]
  return new ToolError('unknown_kind', say('reading.layout_no_row', { layout: layout.id, line: String(row) }), {
    place: { ...place, line: row },
    hint: around.flatMap((one) => (one ? [say('reading.line_says', { line: String(one.line), found: shownRow(one.cells) })] : [])),
  })
}

/** The error of a workbook without the sheet that a layout reads; any other error is as it was. */
export function sheetMissing({ id, sheet }: Layout, error: unknown): unknown {
  if (!(error instanceof ToolError) || error.code !== 'unknown_sheet') return error
  const { place = {}, advice } = error
  return new ToolError('unknown_sheet', say('reading.layout_sheet_missing', { layout: id, sheet: sheet! }), {
    place,
    hint: [...advice, say('reading.another_sheet')],
  })
}

/** What is read of a file by a layout, given the row its header is on. Error: unknown_kind, for a column that is not there. */
export function byLayout({ layout, headerRecord }: Laid, sniffed: Sniffed): Omit<Mapping, 'personal' | 'ignored'> {
  const { line, cells } = sniffed.head[headerRecord]!
  const widest = Math.max(cells.length, ...sniffed.head.slice(headerRecord + 1).map((row) => row.cells.length))
  const at = (said: string[] | number): number | null => {
    if (typeof said === 'number') return said <= widest ? said - 1 : null
    const keys = cells.map(headerKey)
    const exact = said.map((header) => cells.findIndex((cell) => clean(cell) === clean(header)))
    return [...exact, ...said.map((header) => keys.indexOf(headerKey(header)))].find((index) => index >= 0) ?? null
  }
  const find = (said: string[] | number, what: 'reads' | 'skips'): number => {
    const index = at(said)
    if (index !== null) return index
    const says =
      typeof said === 'number'
        ? say(`reading.layout_${what}_position`, { layout: layout.id, n: said })
        : say(`reading.layout_${what}_header`, { layout: layout.id, headers: either(said.map((header) => `"${header}"`)) })
    throw new ToolError('unknown_kind', says, {
      place: { file: sniffed.file, ...(sniffed.sheet ? { sheet: sniffed.sheet.name } : {}), line },
      hint: typeof said === 'number' ? say('reading.has_columns', { n: widest }) : say('reading.found', { found: shownRow(cells) }),
    })
  }
  const headerAt = (index: number): string => clean(cells[index] ?? '') || `(${index + 1})`
  const columns = Object.entries(layout.columns).flatMap(([id, said]) => {
    const column = layoutColumn(said)
    const place = column.position ?? column.headers
    if (column.is_optional && at(place) === null) return []
    const index = find(place, 'reads')
    return [{ id, index, header: column.headers.length === 1 ? column.headers[0]! : headerAt(index), options: column }]
  })
  const items = Object.entries(layout.items ?? {}).map(([header, factor]) => ({ factor, index: find([header], 'reads'), header }))
  const skips = (layout.skip ?? []).map(({ column, only, reason = 'skipped by layout', ...test }) => {
    const said = only ?? column!
    return { ...test, isOnly: only !== undefined, index: find(typeof said === 'string' ? [said] : said, 'skips'), reason }
  })
  const width = Math.max(cells.length, ...[...columns, ...skips].map(({ index }) => index + 1))
  const header = [...cells, ...Array<string>(width - cells.length).fill('')]
  return { kind: layout.kind, layout, headerRecord, header, columns, items, skips, fillDown: [] }
}
