import { label } from '../language/labels.js'
import type { Document } from './document.js'
import { overviewSheet, sectionSheet } from './xlsx/sheets.js'
import { FONT } from './xlsx/styles.js'
import { isFormAlone } from './written.js'
import { oneLine, sheetNames } from './xlsx/text.js'

/**
 * A document as a workbook: an overview, then a sheet for each section; a form is its sheet alone. Figures are numbers with formats: counts as they are; rates as the
 * fraction that is shown (92,17 % is 0.9217), also in columns without "%"; points in points of a per cent (−12,17 is -12.17); scores to two
 * decimals. States and statuses are words or marks, texts are never formulas, null is an empty cell; trends are left out. The same document
 * gives the same bytes.
 */
export async function renderXlsx(document: Document): Promise<Uint8Array> {
  const { writeXlsx } = await import('hucre/xlsx')
  const { sections, language } = document
  const isForm = isFormAlone(document)
  const names = sheetNames([...(isForm ? [] : [label(language, 'overview')]), ...sections.map(({ title }) => title)])
  const own = sections.map((section, i) => sectionSheet(document, section, names.at(i - sections.length)!, isForm))
  const parts = isForm ? own : [overviewSheet(document, names), ...own]
  const day = new Date(document.asOf)
  return writeXlsx({
    sheets: parts.map(({ sheet }) => sheet),
    namedRanges: parts.flatMap(({ names }) => names),
    properties: {
      title: oneLine(document.title),
      creator: oneLine(document.office ?? 'cchc'),
      description: `cchc ${document.tool}`,
      created: day,
      modified: day,
    },
    defaultFont: FONT,
  })
}
