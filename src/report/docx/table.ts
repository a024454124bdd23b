import type * as Docx from 'docx'

import type { Language } from '../../language/labels.js'
import { cellText, isNumeric } from '../cell.js'
import type { Table } from '../document.js'
import { headerRows } from '../header.js'
import { oneLine } from '../list.js'
import { rowXml, type Bodies } from './rows.js'
import { columnWidths, PADDING } from './widths.js'

/** Twentieths of a point, in which the format measures, in so many millimetres. */
export const twips = (millimetres: number): number => Math.round((millimetres * 1440) / 25.4)

/** A table as wide as the text: headings repeated on every page, rows never parted, numbers flush right. */
export function tableOf(docx: typeof Docx, bodies: Bodies, { columns, rows }: Table, language: Language, available: number): Docx.Table {
  const { AlignmentType, BorderStyle, Paragraph, TableCell, TableRow, TextRun, VerticalAlign } = docx
  const numeric = columns.map(isNumeric)
  const isOneLine = columns.map(({ kind }, i) => numeric[i]! || kind === 'status')
  const texts = rows.map(({ cells }) =>
    cells.map((cell, i) => {
      const text = oneLine(cellText(cell, language, columns[i]))
      return isOneLine[i] ? text.replaceAll(' ', '\u00a0') : text
    }),
  )
  const { size, widths } = columnWidths(
    columns.map(({ headings }, i) => ({
      heading: oneLine(headings.at(-1) ?? ''),
      texts: texts.map((row) => row[i]!),
      isOneLine: isOneLine[i]!,
    })),
    available,
  )
  const columnTwips = widths.map(twips)
  const hasParts = rows.some(({ depth }) => depth === 0) && rows.some(({ depth }) => depth === 1)
  const header = headerRows(columns).map(
    (cells, level, levels) =>
      new TableRow({
        tableHeader: true,
        cantSplit: true,
        children: cells.map(({ text, column, columns: span, rows: down }) => {
          const isNumber = level === levels.length - 1 && columns.some(({ number }) => number !== null)
          return new TableCell({
            columnSpan: span,
            rowSpan: down,
            verticalAlign: VerticalAlign.CENTER,
            width: { size: columnTwips.slice(column, column + span).reduce((sum, one) => sum + one, 0), type: 'dxa' },
            children: [
              new Paragraph({
                alignment: AlignmentType.CENTER,
                style: 'Cell',
                children: [new TextRun({ text: oneLine(text).replaceAll(' %', '\u00a0%'), bold: !isNumber, size: size * 2 })],
              }),
            ],
          })
        }),
      }),
  )
  const looks = columnTwips.map((width, i) => ({ width, style: bodies.style(size * 2, numeric[i]!) }))
  const body = rows.map(({ depth, isTotal }, r) => rowXml(texts[r]!, looks, isTotal && hasParts, depth === 1 && hasParts ? twips(3) : 0))
  const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' }
  const padding = twips(PADDING)
  const table = new docx.Table({
    rows: header,
    columnWidths: columnTwips,
    width: { size: columnTwips.reduce((sum, one) => sum + one, 0), type: 'dxa' },
    layout: docx.TableLayoutType.FIXED,
    margins: { left: padding, right: padding, top: 20, bottom: 20 },
    borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
  })
  table.addChildElement(bodies.placeFor(body.join('')))
  return table
}
