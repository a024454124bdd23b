import type { WriteOptions, WriteSheet } from 'hucre/xlsx'

import { label } from '../../language/labels.js'
import type { Document, Section, Table } from '../document.js'
import { absolute, Canvas, range } from './canvas.js'
import { body, TEXT } from './styles.js'
import { columnWidths, drawTable, withoutTrends, type Placed } from './table.js'
import { pageText, quoted } from './text.js'

/** As wide as lines are pleasant to read. */
const PARAGRAPH = 84
/** More than this many points above the figures, and a small screen would show no figures when they are frozen. */
const HIGHEST_FROZEN = 280
const MOST_LINES_ABOVE = 6
/** Wider tables are printed across. */
const PORTRAIT = 100
const NARROWEST_REST = 6

type NamedRange = NonNullable<WriteOptions['namedRanges']>[number]

export interface SheetPart {
  sheet: WriteSheet
  /** What is filtered, and the rows that are printed on every page. */
  names: NamedRange[]
}

/** The first sheet: what it is about, the answer, and what is where. */
export function overviewSheet(document: Document, names: readonly string[]): SheetPart {
  const { language, verdict } = document
  const canvas = new Canvas([46, 56], 2)
  headOf(canvas, document)
  canvas.skip()
  for (const sentence of document.summary) canvas.paragraph(sentence, TEXT.paragraph)
  if (document.summary.length > 0) canvas.skip()
  if (verdict) {
    const lines = [
      { status: 'met', text: label(language, 'met_or_exceeded'), count: verdict.met },
      { status: 'missed', text: label(language, 'missed'), count: verdict.missed },
      { status: 'no_data', text: label(language, 'no_data'), count: verdict.noData },
    ] as const
    for (const { status, text, count } of lines) {
      const tint = count > 0 ? status : null
      canvas.put(canvas.row, 0, text, body({ isTotal: false, tint }))
      canvas.put(canvas.row, 1, count, body({ isTotal: false, tint, format: '#,##0' }))
      canvas.row++
    }
    canvas.skip()
  }
  canvas.paragraph(label(language, 'contents'), TEXT.caption)
  document.sections.forEach(({ title, tables }, i) => {
    canvas.put(canvas.row, 0, title, TEXT.link, `${quoted(names[i + 1]!)}!A1`)
    canvas.put(canvas.row, 1, tables.map(({ caption }) => caption).join('; '), TEXT.note)
    canvas.fitHeight(canvas.row)
    canvas.row++
  })
  return { sheet: sheetOf(document, canvas, names[0]!, false), names: [] }
}

/** Whose document it is, and what it is about. */
function headOf(canvas: Canvas, { office, title, subtitle }: Document): void {
  if (office !== null) canvas.paragraph(office, TEXT.office)
  canvas.paragraph(title, TEXT.title)
  canvas.paragraph(subtitle, TEXT.subtitle)
}

/** A section: its tables one under another, its notes; above them its paragraphs, where they are few: long ones are for the written report. `isAlone`: it is all there is. */
export function sectionSheet(document: Document, section: Section, name: string, isAlone = false): SheetPart {
  const tables = section.tables.map(withoutTrends).filter(({ columns }) => columns.length > 0)
  const widths = sharedWidths(document, tables)
  const canvas = new Canvas(...paragraphColumns(widths))
  if (isAlone) headOf(canvas, document)
  else canvas.paragraph(section.title, TEXT.sectionTitle)
  const isTextAbove =
    tables.length === 0 ||
    section.text.reduce((lines, text) => lines + canvas.linesOf(text, 0, canvas.paragraphColumns, TEXT.paragraph), 0) <= MOST_LINES_ABOVE
  if (isTextAbove) for (const text of section.text) canvas.paragraph(text, TEXT.paragraph)
  const placed = tables.map((table) => {
    canvas.skip()
    canvas.paragraph(table.caption, TEXT.caption)
    return drawTable(canvas, table, document.language)
  })
  if (section.notes.length > 0) canvas.skip()
  for (const note of section.notes) canvas.paragraph(note, TEXT.note)

  const isAcross = tables.some(({ isWide }) => isWide) || widths.reduce((sum, one) => sum + one, 0) > PORTRAIT
  const sheet = sheetOf(document, canvas, name, isAcross)
  const [first] = placed
  if (!first) return { sheet, names: [] }
  const isOneHeader = tables.every((table) => hasHeadingsOf(table, tables[0]!))
  const isFrozen = isOneHeader && canvas.heightAbove(first.body) < HIGHEST_FROZEN
  const isFirstColumnFrozen = isAcross && tables.every(({ columns }) => columns.length > 1 && columns[0]!.kind === 'text')
  const filter = filterRange(placed)
  return {
    sheet: {
      ...sheet,
      freezePane: { rows: isFrozen ? first.body : 1, columns: isFirstColumnFrozen ? 1 : 0 },
      ...(filter === null ? {} : { autoFilter: { range: filter } }),
    },
    names: [
      ...(filter === null ? [] : [{ name: '_xlnm._FilterDatabase', range: `${quoted(name)}!${absolute(filter)}`, scope: name }]),
      ...(isOneHeader ? [{ name: '_xlnm.Print_Titles', range: `${quoted(name)}!$${first.header + 1}:$${first.body}`, scope: name }] : []),
    ],
  }
}

/** The lowest row of a header and the body below it. One a sheet: the longest table has it. */
function filterRange(placed: readonly Placed[]): string | null {
  const [longest] = placed.toSorted((a, b) => b.last - b.body - (a.last - a.body))
  return !longest || longest.last <= longest.body ? null : range(longest.body - 1, 0, longest.last, longest.columns - 1)
}

function hasHeadingsOf(one: Table, other: Table): boolean {
  const headings = ({ columns }: Table): string => JSON.stringify(columns.map(({ headings, number }) => [headings, number]))
  return headings(one) === headings(other)
}

/** Tables stand one under another: a column is as wide as the widest of theirs. */
function sharedWidths({ language }: Document, tables: readonly Table[]): number[] {
  const widths: number[] = []
  for (const table of tables) columnWidths(table, language).forEach((width, i) => (widths[i] = Math.max(widths[i] ?? 0, width)))
  return widths
}

/** The columns of the tables, and one beside them where they are too narrow for a paragraph; and how many of them one stretches over. */
function paragraphColumns(widths: readonly number[]): [widths: number[], columns: number] {
  let width = 0
  for (const [i, one] of widths.entries()) {
    width += one
    if (width >= PARAGRAPH) return [[...widths], i + 1]
  }
  return PARAGRAPH - width < NARROWEST_REST ? [[...widths], widths.length] : [[...widths, PARAGRAPH - width], widths.length + 1]
}

function sheetOf({ title, office, tool }: Document, canvas: Canvas, name: string, isAcross: boolean): WriteSheet {
  const margin = 0.5
  return {
    name,
    ...canvas.content(),
    merges: canvas.merges,
    rowDefs: canvas.heights,
    conditionalRules: canvas.rules,
    view: { showGridLines: false },
    pageSetup: {
      paperSize: 'a4',
      orientation: isAcross ? 'landscape' : 'portrait',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      horizontalCentered: true,
      margins: { left: margin, right: margin, top: 0.75, bottom: 0.7, header: 0.35, footer: 0.35 },
    },
    headerFooter: {
      oddHeader: `&L${pageText(title, isAcross ? 110 : 68)}&R&A`,
      oddFooter: `&L${pageText([office, `cchc ${tool}`].filter((part) => part !== null).join(' · '), 90)}&R&P/&N`,
    },
  }
}
