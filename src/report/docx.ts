import type * as Docx from 'docx'

import type { Document } from './document.js'
import { appendixLines, lineOf, nationalHeading, signatureBlock, titleLines, upper } from './docx/frame.js'
import { pack } from './docx/pack.js'
import { Bodies } from './docx/rows.js'
import { tableOf, twips } from './docx/table.js'
import { oneLine } from './list.js'
import { layOut, type Part } from './written.js'

const FONT = 'Times New Roman'
/** Millimetres: an A4 sheet, its margins, the width of its text upright and across. */
const PAGE = { width: 210, height: 297, top: 20, right: 20, bottom: 20, left: 30 }
const UPRIGHT = PAGE.width - PAGE.left - PAGE.right
const ACROSS = PAGE.height - PAGE.left - PAGE.right
/** Columns up to which a table stands on an upright page, where it does not say that it is wide. */
const UPRIGHT_COLUMNS = 11

/**
 * The written report as an administrative document for Word and LibreOffice: A4, Times New Roman, the national heading, numbered pages,
 * appendices on pages of their own. The same document gives the same bytes.
 */
export async function renderDocx(document: Document): Promise<Uint8Array> {
  const docx = await import('docx')
  const bodies = new Bodies(docx)
  const { language, office, title, subtitle, summary } = document
  const { isForm, chapters, appendices } = layOut(document)
  const isFormAcross = isForm && chapters.some(isAcross)
  const body = [
    ...(isForm
      ? [
          ...(office ? [lineOf(docx, { text: oneLine(office), bold: true }, docx.AlignmentType.LEFT)] : []),
          lineOf(docx, { text: oneLine(title), size: 14, bold: true }, docx.AlignmentType.CENTER, { before: 120 }),
          lineOf(docx, { text: oneLine(subtitle), italics: true }, docx.AlignmentType.CENTER, { after: 120 }),
        ]
      : [nationalHeading(docx, language, office), ...titleLines(docx, language, title, subtitle)]),
    ...summary.map((text) => paragraph(docx, text)),
    ...chapters.flatMap((part) => [
      ...(isForm ? [] : [heading(docx, `${part.number}. ${upper(oneLine(part.title), language)}`)]),
      ...partOf(docx, bodies, part, document, isFormAcross ? ACROSS : UPRIGHT, isForm),
    ]),
    lineOf(docx, { text: '' }, docx.AlignmentType.LEFT),
    signatureBlock(docx, language),
  ]
  const sections = [
    { ...pages(docx, body, isFormAcross), headers: headers(docx) },
    ...appendices.map((part) => {
      const across = isAcross(part)
      const children = [
        ...appendixLines(docx, language, part.number, part.title),
        ...partOf(docx, bodies, part, document, across ? ACROSS : UPRIGHT, false),
      ]
      return pages(docx, children, across)
    }),
  ]
  const file = new docx.Document({
    title: oneLine(title),
    creator: office === null ? 'cchc' : oneLine(office),
    styles: stylesOf(docx, bodies, language),
    sections,
  })
  return pack(docx, file, bodies, coreProperties(document))
}

function isAcross({ tables }: Part): boolean {
  return tables.some(({ isWide, columns }) => isWide || columns.length > UPRIGHT_COLUMNS)
}

function partOf(
  docx: typeof Docx,
  bodies: Bodies,
  { text, tables, notes }: Part,
  { language, title }: Document,
  width: number,
  isForm: boolean,
): (Docx.Paragraph | Docx.Table)[] {
  return [
    ...text.map((one) => paragraph(docx, one)),
    ...tables.flatMap((table) => [
      ...(isForm && table.caption === title
        ? []
        : [new docx.Paragraph({ style: 'TableCaption', children: [new docx.TextRun(oneLine(table.caption))] })]),
      tableOf(docx, bodies, table, language, width),
    ]),
    ...notes.map((note) => new docx.Paragraph({ style: 'Note', children: [new docx.TextRun(`- ${oneLine(note)}`)] })),
  ]
}

function heading(docx: typeof Docx, text: string): Docx.Paragraph {
  return new docx.Paragraph({ heading: docx.HeadingLevel.HEADING_1, children: [new docx.TextRun(text)] })
}

function paragraph(docx: typeof Docx, text: string): Docx.Paragraph {
  return new docx.Paragraph({ style: 'Body', children: [new docx.TextRun(oneLine(text))] })
}

/** The number of the page, but not on the first. Sections that have none of their own take those of the section before. */
function headers({ AlignmentType, Header, PageNumber, Paragraph, TextRun }: typeof Docx): Docx.ISectionOptions['headers'] {
  const number = new TextRun({ children: [PageNumber.CURRENT] })
  return {
    default: new Header({ children: [new Paragraph({ style: 'Line', alignment: AlignmentType.CENTER, children: [number] })] }),
    first: new Header({ children: [new Paragraph({ style: 'Line' })] }),
  }
}

/** Pages numbered from one. Tables never touch, nor end the pages: they would be taken for one, or mended. */
function pages(docx: typeof Docx, children: (Docx.Paragraph | Docx.Table)[], isAcross: boolean): Docx.ISectionOptions {
  const { PageOrientation, Paragraph, Table } = docx
  const space = new Paragraph({ style: 'Line' })
  return {
    properties: {
      titlePage: true,
      page: {
        size: {
          width: twips(PAGE.width),
          height: twips(PAGE.height),
          orientation: isAcross ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
        },
        margin: {
          top: twips(PAGE.top),
          right: twips(PAGE.right),
          bottom: twips(PAGE.bottom),
          left: twips(PAGE.left),
          header: twips(10),
          footer: twips(10),
        },
        pageNumbers: { start: 1 },
      },
    },
    children: children.flatMap((child, i) =>
      child instanceof Table && !(children[i + 1] instanceof Paragraph) ? [child, space] : [child],
    ),
  }
}

function stylesOf({ AlignmentType, LineRuleType }: typeof Docx, bodies: Bodies, language: Document['language']): Docx.IStylesOptions {
  const single = { line: 240, lineRule: LineRuleType.AUTO }
  return {
    default: {
      document: { run: { font: FONT, size: 26, language: { value: language === 'vi' ? 'vi-VN' : 'en-GB' } } },
      heading1: {
        run: { font: FONT, size: 26, bold: true, color: '000000' },
        paragraph: { keepNext: true, spacing: { before: 180, after: 80, ...single } },
      },
    },
    paragraphStyles: [
      {
        id: 'Body',
        name: 'Body of a report',
        paragraph: { alignment: AlignmentType.JUSTIFIED, indent: { firstLine: twips(10) }, spacing: { before: 0, after: 120, line: 264 } },
      },
      { id: 'Line', name: 'Line of a block', paragraph: { spacing: { before: 0, after: 0, ...single } } },
      { id: 'Cell', name: 'Cell of a table', paragraph: { spacing: { before: 0, after: 0, ...single } } },
      {
        id: 'TableCaption',
        name: 'Caption of a table',
        run: { bold: true, size: 24 },
        paragraph: { alignment: AlignmentType.CENTER, keepNext: true, spacing: { before: 120, after: 60, ...single } },
      },
      {
        id: 'Note',
        name: 'Note under a table',
        run: { italics: true, size: 22 },
        paragraph: { spacing: { before: 60, after: 0, ...single } },
      },
      ...bodies.styles(),
    ],
  }
}

/** What the file says of itself; its day is that of the figures, where the library would write the clock's. */
function coreProperties({ title, office, asOf, tool }: Document): string {
  const escape = (text: string): string => oneLine(text).replaceAll(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`)
  const day = `${asOf}T00:00:00Z`
  return `<?xml version="1.0" encoding="UTF-8"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escape(title)}</dc:title><dc:creator>${escape(office ?? '')}</dc:creator><dc:description>cchc ${escape(tool)}</dc:description><dcterms:created xsi:type="dcterms:W3CDTF">${day}</dcterms:created><dcterms:modified xsi:type="dcterms:W3CDTF">${day}</dcterms:modified></cp:coreProperties>`
}
