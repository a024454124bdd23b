import { fileAt } from '../support/program.js'
import { listSheets, readSheet } from '../../src/workbook/workbook.js'
import { Archive } from '../../src/workbook/zip.js'

/** A table as a reader of the file finds it: headings joined by " > ", cells as they are written. */
export interface FoundTable {
  caption: string
  headings: string[]
  rows: string[][]
}

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim()
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", '#39': "'", nbsp: ' ' }
const decode = (text: string): string => text.replace(/&(#?\w+);/g, (whole, name: string) => ENTITIES[name] ?? whole)

/** The tables of a page, in order. */
export function htmlTables(html: string): FoundTable[] {
  return [...html.replace(/<svg[\s\S]*?<\/svg>/g, '').matchAll(/<table\b[\s\S]*?<\/table>/g)].map(([table]) => {
    const caption = plain(decode(/<caption[^>]*>([\s\S]*?)<\/caption>/.exec(table)![1]!.replace(/<[^>]*>/g, '')))
    const rows = table
      .split(/<tr\b[^>]*>/)
      .slice(1)
      .map((row) =>
        [...row.matchAll(/<t([hd])([^>]*)>([\s\S]*?)(?=<t[hdr]\b|<\/t[rhd]|<\/?tbody|<\/thead|<\/table|$)/g)].map(
          ([, , attributes, text]) => ({
            text: plain(decode(text!.replace(/<[^>]*>/g, ''))),
            columns: Number(/colspan="?(\d+)/.exec(attributes!)?.[1] ?? 1),
            rows: Number(/rowspan="?(\d+)/.exec(attributes!)?.[1] ?? 1),
          }),
        ),
      )
    const depth = (/<thead[\s\S]*?<\/thead>/.exec(table) ?? /<thead[\s\S]*?(?=<tbody)/.exec(table)!)[0].split(/<tr\b/).length - 1
    return { caption, headings: spread(rows.slice(0, depth)), rows: rows.slice(depth).map((row) => row.map(({ text }) => text)) }
  })
}

/** The headings of columns under merged cells. */
function spread(header: readonly { text: string; columns: number; rows: number }[][]): string[] {
  const grid: string[][] = header.map(() => [])
  header.forEach((cells, level) => {
    let at = 0
    for (const { text, columns, rows } of cells) {
      while (grid[level]![at] !== undefined) at++
      for (let down = 0; down < rows; down++) for (let right = 0; right < columns; right++) grid[level + down]![at + right] = text
    }
  })
  return grid[0]!.map((_, column) => [...new Set(grid.map((row) => row[column]!))].join(' > '))
}

/** The tables of a Markdown text; a bold line before one is its caption. */
export function markdownTables(text: string): FoundTable[] {
  const unescape = (cell: string): string => plain(decode(cell.replace(/\\([\\`*_{}[\]()#+\-.!|<>~&])/g, '$1').replace(/<br>/g, ' ')))
  const cells = (line: string): string[] =>
    line
      .replace(/^\||\|$/g, '')
      .split(/(?<!\\)\|/)
      .map(unescape)
  const lines = text.split('\n')
  return lines.flatMap((line, i) => {
    if (!/^\| (:?-+:? \| )*:?-+:? \|$/.test(line)) return []
    const end = lines.findIndex((one, at) => at > i && !one.startsWith('|'))
    const caption = lines.slice(0, i - 1).findLast((one) => one.trim() !== '')!
    return [
      {
        caption: unescape(caption.replace(/^\*\*|\*\*$/g, '')),
        headings: cells(lines[i - 1]!),
        rows: lines.slice(i + 1, end).map((one) => cells(one).map((cell) => cell.replace(/^– /, ''))),
      },
    ]
  })
}

/** The tables of a document that have header rows; the paragraph before one is its caption. */
export async function docxTables(file: string): Promise<FoundTable[]> {
  const xml = await partOf(file, 'word/document.xml')
  const said = (part: string): string =>
    plain(decode([...part.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>|<w:(?:br|tab)\/>/g)].map(([, text]) => text ?? ' ').join('')))
  return [...xml.matchAll(/<w:tbl>[\s\S]*?<\/w:tbl>/g)].flatMap((match) => {
    const rows = [...match[0].matchAll(/<w:tr[ >][\s\S]*?<\/w:tr>/g)].map(([row]) => ({
      isHeader: row.includes('<w:tblHeader'),
      cells: [...row.matchAll(/<w:tc>[\s\S]*?<\/w:tc>/g)].map(([cell]) => ({
        text: said(cell),
        columns: Number(/<w:gridSpan w:val="(\d+)"/.exec(cell)?.[1] ?? 1),
        isBelow: /<w:vMerge(?: w:val="continue")?\/>/.test(cell),
      })),
    }))
    const header = rows.filter(({ isHeader }) => isHeader)
    if (header.length === 0) return []
    const before = [...xml.slice(0, match.index).matchAll(/<w:p[ >][\s\S]*?<\/w:p>/g)].map(([one]) => said(one)).filter((one) => one !== '')
    const grid = header.map(({ cells }) =>
      cells.flatMap(({ text, columns, isBelow }) => Array.from({ length: columns }, () => (isBelow ? '' : text))),
    )
    const headings = grid[0]!.map((_, i) => [...new Set(grid.map((row) => row[i]!).filter((one) => one !== ''))].join(' > '))
    return [{ caption: before.at(-1)!, headings, rows: rows.slice(header.length).map(({ cells }) => cells.map(({ text }) => text)) }]
  })
}

/** A per cent is stored as a fraction. */
const asStored = (cell: string): string => (/^[\d.]+%$/.test(cell) ? String(Number(`${cell.slice(0, -1)}e-2`)) : cell)

/** The rows of all sheets of a workbook, a cell as it is stored: a figure is a plain number. */
export async function xlsxRows(file: string): Promise<string[][]> {
  const rows: string[][] = []
  for (const { name } of await listSheets(fileAt(file)))
    await readSheet(fileAt(file), name, ({ cells }) => rows.push([...cells].map((cell) => plain(asStored(cell ?? '')))))
  return rows
}

async function partOf(file: string, name: string): Promise<string> {
  const archive = await Archive.open(fileAt(file))
  let text = ''
  for await (const piece of archive.text(name)) text += piece
  await archive.close()
  return text
}
