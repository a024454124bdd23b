// @ts-expect-error plain JavaScript without types
import * as samples from '../../data-samples/lib/workbooks.js'

export interface Sheet {
  name: string
  rows: (string | number)[][]
  merges?: string[]
  state?: string
  /** Numbers of rows from 0, and of columns from 1 as `<col>` has them. */
  hiddenRows?: number[]
  hiddenColumns?: number[]
  is1904?: boolean
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const column = (i: number): string => String.fromCharCode(65 + i)
/** Texts are inline strings, numbers are numbers; between 40,000 and 60,000 they are dates with time, unless a minus says they are not. */
function cellXml(value: string | number, at: string): string {
  if (value === '') return ''
  if (typeof value === 'number') return `<c r="${at}"${value > 40_000 && value < 60_000 ? ' s="1"' : ''}><v>${Math.abs(value)}</v></c>`
  if (value.startsWith('#')) return `<c r="${at}" t="e"><f>A1</f><v>${value}</v></c>`
  return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`
}

/** An XLSX of these sheets. */
export function workbook(...sheets: Sheet[]): Buffer {
  const parts = sheets.map(({ name, rows, merges = [], state, hiddenRows = [], hiddenColumns = [] }) => ({
    name,
    state,
    rows: rows
      .map(
        (cells, r) =>
          `<row r="${r + 1}"${hiddenRows.includes(r) ? ' hidden="1"' : ''}>${cells.map((one, i) => cellXml(one, `${column(i)}${r + 1}`)).join('')}</row>`,
      )
      .join(''),
    before:
      hiddenColumns.length === 0 ? '' : `<cols>${hiddenColumns.map((at) => `<col min="${at}" max="${at}" hidden="1"/>`).join('')}</cols>`,
    after: merges.length === 0 ? '' : `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`,
  }))
  return samples.zip(samples.xlsxParts({ sheets: parts, formats: [0, 'dd/mm/yyyy hh:mm:ss'], is1904: sheets[0]?.is1904 })) as Buffer
}

/** The same sheet as an ODS, all cells as texts. */
export function openDocument({ name, rows, merges = [] }: Sheet): Buffer {
  const spans = new Map(
    merges.map((ref) => {
      const [, left, top, right, bottom] = /^([A-Z])(\d+):([A-Z])(\d+)$/.exec(ref)!
      const [columns, lines] = [right!.charCodeAt(0) - left!.charCodeAt(0) + 1, Number(bottom) - Number(top) + 1]
      return [`${left}${top}`, ` table:number-columns-spanned="${columns}" table:number-rows-spanned="${lines}"`]
    }),
  )
  const cell = (text: string | number, at: string): string =>
    text === ''
      ? `<table:table-cell${spans.get(at) ?? ''}/>`
      : `<table:table-cell office:value-type="string"${spans.get(at) ?? ''}><text:p>${escape(String(text))}</text:p></table:table-cell>`
  const table = rows
    .map((cells, r) => `<table:table-row>${cells.map((text, i) => cell(text, `${column(i)}${r + 1}`)).join('')}</table:table-row>`)
    .join('')
  const spaces = ['office', 'table', 'text'].map((one) => ` xmlns:${one}="urn:oasis:names:tc:opendocument:xmlns:${one}:1.0"`).join('')
  const content = `<?xml version="1.0" encoding="UTF-8"?><office:document-content${spaces}><office:body><office:spreadsheet><table:table table:name="${escape(name)}">${table}</table:table></office:spreadsheet></office:body></office:document-content>`
  return samples.zip({ mimetype: 'application/vnd.oasis.opendocument.spreadsheet', 'content.xml': content }) as Buffer
}
