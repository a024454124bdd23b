// @ts-expect-error plain JavaScript without types
import * as samples from '../../data-samples/lib/workbooks.js'

export interface Sheet {
  name: string
  rows: (string | number)[][]
  merges?: string[]
  state?: string
  hiddenRows?: number[]
}

const escape = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
const column = (i: number): string => String.fromCharCode(65 + i)
/** Texts are inline strings, numbers are numbers; style 1 is a date with time. */
function cellXml(value: string | number, at: string): string {
  if (value === '') return ''
  if (typeof value === 'number') return `<c r="${at}"${value > 40_000 && value < 60_000 ? ' s="1"' : ''}><v>${value}</v></c>`
  if (value.startsWith('#')) return `<c r="${at}" t="e"><f>A1</f><v>${value}</v></c>`
  return `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${escape(value)}</t></is></c>`
}

/** An XLSX with these sheets; numbers between 40,000 and 60,000 are shown as dates with time. */
export function workbook(...sheets: Sheet[]): Buffer {
  const parts = sheets.map(({ name, rows, merges = [], state, hiddenRows = [] }) => ({
    name,
    state,
    rows: rows
      .map(
        (cells, r) =>
          `<row r="${r + 1}"${hiddenRows.includes(r) ? ' hidden="1"' : ''}>${cells.map((one, i) => cellXml(one, `${column(i)}${r + 1}`)).join('')}</row>`,
      )
      .join(''),
    after: merges.length === 0 ? '' : `<mergeCells>${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`,
  }))
  return samples.zip(samples.xlsxParts({ sheets: parts, formats: [0, 'dd/mm/yyyy hh:mm:ss'] })) as Buffer
}
