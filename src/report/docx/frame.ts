import type * as Docx from 'docx'

import { label, type LabelKey, type Language } from '../../language/labels.js'
import { oneLine } from '../list.js'
import { twips } from './table.js'

/* What stands around the text of an administrative document, as Nghị định 30/2020/NĐ-CP (phụ lục I) lays it out. Who signs, for whom, when and under which number is left to be filled in. */

interface Line {
  text: string
  /** In points. */
  size?: number
  bold?: boolean
  italics?: boolean
}

/** The block at the head: on the left the office and the number, on the right the country, place and day; rules under both. */
export function nationalHeading(docx: typeof Docx, language: Language, office: string | null): Docx.Table {
  const say = (key: LabelKey): string => label(language, key)
  const named = office === null ? '' : oneLine(office)
  const centred = (line: Line): Docx.Paragraph => lineOf(docx, line, docx.AlignmentType.CENTER)
  const left = [
    centred({ text: say('parent_office'), size: 12 }),
    centred({ text: named === '' ? say('this_office') : upper(named, language), size: 12, bold: true }),
    rule(docx, 18),
    centred({ text: say('document_number'), size: 13 }),
  ]
  const right = [
    centred({ text: say('country'), size: 12, bold: true }),
    centred({ text: say('motto'), size: 13, bold: true }),
    rule(docx, language === 'vi' ? 18 : 14),
    centred({ text: say('place_and_day'), size: 13, italics: true }),
  ]
  return sideBySide(docx, [60, left], [100, right])
}

/** "REPORT", and what it is about. */
export function titleLines(docx: typeof Docx, language: Language, title: string, subtitle: string): Docx.Paragraph[] {
  const { AlignmentType } = docx
  return [
    lineOf(docx, { text: label(language, 'report_title'), size: 14, bold: true }, AlignmentType.CENTER, { before: 240 }),
    lineOf(docx, { text: oneLine(title), size: 14, bold: true }, AlignmentType.CENTER),
    rule(docx, 60),
    lineOf(docx, { text: oneLine(subtitle), size: 13, italics: true }, AlignmentType.CENTER, { before: 60, after: 180 }),
  ]
}

/** Who gets it on the left, who signs it on the right. */
export function signatureBlock(docx: typeof Docx, language: Language): Docx.Table {
  const say = (key: LabelKey): string => label(language, key)
  const { AlignmentType } = docx
  const left = [
    lineOf(docx, { text: say('receivers'), size: 12, bold: true, italics: true }, AlignmentType.LEFT),
    ...[say('receiver'), say('receiver'), say('kept_by')].map((text) => lineOf(docx, { text, size: 11 }, AlignmentType.LEFT)),
  ]
  const right = [
    lineOf(docx, { text: say('signer'), size: 13, bold: true }, AlignmentType.CENTER),
    lineOf(docx, { text: say('signature'), size: 13, italics: true }, AlignmentType.CENTER, { before: 1200 }),
  ]
  return sideBySide(docx, [80, left], [80, right])
}

/** "Appendix I", its name, and to what it belongs. */
export function appendixLines(docx: typeof Docx, language: Language, number: string, title: string): Docx.Paragraph[] {
  const { AlignmentType, HeadingLevel, Paragraph, TextRun } = docx
  return [
    lineOf(docx, { text: number, size: 14, bold: true }, AlignmentType.CENTER),
    new Paragraph({
      heading: HeadingLevel.HEADING_1,
      alignment: AlignmentType.CENTER,
      spacing: { before: 0, after: 0 },
      children: [new TextRun(upper(oneLine(title), language))],
    }),
    lineOf(docx, { text: label(language, 'attached_to'), size: 13, italics: true }, AlignmentType.CENTER, { after: 120 }),
  ]
}

export function upper(text: string, language: Language): string {
  return text.toLocaleUpperCase(language)
}

export function lineOf(
  docx: typeof Docx,
  { text, size = 13, bold = false, italics = false }: Line,
  alignment: (typeof Docx.AlignmentType)[keyof typeof Docx.AlignmentType],
  spacing: { before?: number; after?: number } = {},
): Docx.Paragraph {
  const run = new docx.TextRun({ text, size: size * 2, bold, italics })
  return new docx.Paragraph({ style: 'Line', alignment, spacing: { before: 0, after: 0, ...spacing }, children: [run] })
}

/** A line across the middle, leaving so many millimetres at each side. */
function rule(docx: typeof Docx, aside: number): Docx.Paragraph {
  return new docx.Paragraph({
    style: 'Line',
    indent: { left: twips(aside), right: twips(aside) },
    border: { top: { style: docx.BorderStyle.SINGLE, size: 6, space: 1, color: '000000' } },
    spacing: { before: 20, after: 0, line: 120, lineRule: docx.LineRuleType.EXACT },
    children: [],
  })
}

function sideBySide(docx: typeof Docx, ...halves: [millimetres: number, children: Docx.Paragraph[]][]): Docx.Table {
  const { BorderStyle, TableCell, TableRow } = docx
  const none = { style: BorderStyle.NONE, size: 0, color: 'auto' }
  const cells = halves.map(([width, children]) => new TableCell({ width: { size: twips(width), type: 'dxa' }, children }))
  return new docx.Table({
    rows: [new TableRow({ cantSplit: true, children: cells })],
    columnWidths: halves.map(([width]) => twips(width)),
    width: { size: halves.reduce((sum, [width]) => sum + twips(width), 0), type: 'dxa' },
    layout: docx.TableLayoutType.FIXED,
    margins: { left: 0, right: 0, top: 0, bottom: 0 },
    borders: { top: none, bottom: none, left: none, right: none, insideHorizontal: none, insideVertical: none },
  })
}
