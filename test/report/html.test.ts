import { createHash } from 'node:crypto'
import { HtmlValidate, type RuleConfig } from 'html-validate'
import { describe, expect, it } from 'vitest'

import { cellText } from '../../src/report/cell.js'
import type { Document, Table } from '../../src/report/document.js'
import { renderHtml } from '../../src/report/html.js'
import { renderPage } from '../../src/report/html/page.js'
import { joinTables } from '../../src/report/html/join.js'
import { lighten } from '../../src/report/html/lean.js'
import { renderPanels } from '../../src/report/html/line.js'
import { renderBullets } from '../../src/report/html/bullet.js'
import { renderTable } from '../../src/report/html/table.js'
import { fitted, PART } from '../../src/report/html/letters.js'
import { renderSlope } from '../../src/report/html/slope.js'
import { renderSparkline } from '../../src/report/html/sparkline.js'
import { clean } from '../../src/report/html/text.js'
import { formDocument, HOSTILE, largestDocument } from './pages.js'
import { sampleDocument } from './sample.js'
import { costOf } from '../support/cost.js'

const MOST_BYTES = 400_000
const LEAN: RuleConfig = { 'no-implicit-close': 'off', 'attr-quotes': 'off', 'wcag/h63': 'off' }

describe('a web page', () => {
  it('has the answer first, then the contents, then the sections in their order, then the foot', () => {
    const html = renderPage(sampleDocument())
    const parts = [
      '<h1>',
      '<dl>',
      'class="summary"',
      '<nav',
      ...sampleDocument().sections.map(({ id, isAppendix }) => `<${isAppendix ? 'div' : 'section'} id="${id}"`),
      '<footer>',
    ]
    const places = parts.map((part) => html.indexOf(part))
    expect(places.every((place) => place > 0)).toBe(true)
    expect(places).toEqual([...places].sort((a, b) => a - b))
    expect(html).toMatch(/<dt>đạt hoặc vượt<\/dt><dd>5<\/dd>.*<dt>▼ chưa đạt<\/dt><dd>3<\/dd>/)
  })

  it('is a form without an answer and contents, its headings in rows with their numbers', () => {
    const html = renderPage(formDocument())
    expect(html).not.toMatch(/<dl>|<nav|page_answer/)
    const head = /<thead>(.*)<\/thead>/.exec(html)![1]!
    expect(head.split('<tr>')).toHaveLength(5)
    expect(head).toContain('<th scope="col" class="group" colspan="3">Tiếp nhận</th>')
    expect(head).toMatch(/<tr><td class="number t">\(1\)<\/td><td class="number">\(2\)<\/td>.*<td class="number">\(7\)<\/td><\/tr>$/)
  })

  it.each(['vi', 'en'] as const)('says in every cell what the document says (%s)', (language) => {
    for (const document of [sampleDocument({ language }), formDocument()]) expectAllCells(document)
  })

  it('lets nothing run or load but its own style and script', () => {
    const html = renderPage(sampleDocument())
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)![1]!
    expect(policy).toMatch(/^default-src 'none'; /)
    expect(policy).toContain(`style-src '${hashOf(/<style>([\s\S]*?)<\/style>/.exec(html)![1]!)}'`)
    expect(policy).toContain(`script-src '${hashOf(/<script type="module">([\s\S]*?)<\/script>/.exec(html)![1]!)}'`)
    expect(policy).not.toMatch(/unsafe|\*|https?:/)
    expect(html).not.toMatch(/\sstyle=|\son\w+=|https?:|@import|url\(|<(img|iframe|object|embed|base|form)\b/)
  })

  it('keeps every anchor of the contents, and no id twice', () => {
    const html = renderPage(sampleDocument())
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id)
    const targets = [...html.matchAll(/href="#([^"]*)"|aria-labelledby="([^"]*)"/g)].map(([, href, labelled]) => href ?? labelled)
    expect(new Set(ids).size).toBe(ids.length)
    expect(targets.length).toBeGreaterThan(10)
    expect(targets.filter((target) => !ids.includes(target))).toEqual([])
  })

  it('has the same bytes wherever and whenever it is made', async () => {
    const html = renderPage(sampleDocument())
    expect(await renderHtml(sampleDocument())).toBe(html)
    const { TZ } = process.env
    process.env.TZ = 'Pacific/Kiritimati'
    expect(renderPage(sampleDocument())).toBe(html)
    if (TZ === undefined) delete process.env.TZ
    else process.env.TZ = TZ
  })
})

describe('valid HTML', () => {
  it.each([
    ['a report', renderPage(sampleDocument()), {}],
    ['a report in English', renderPage(sampleDocument({ language: 'en' })), {}],
    ['a form', renderPage(formDocument()), {}],
    [
      'hostile names',
      renderPage({ ...sampleDocument({ units: HOSTILE.length, names: HOSTILE }), office: HOSTILE.at(-4)!, title: HOSTILE.at(-10)! }),
      {},
    ],
    ['a report of nothing', renderPage({ ...sampleDocument({ units: 0, metrics: 0, months: 0 }), office: null }), {}],
    ['a page of many figures', lighten(renderPage(sampleDocument())), LEAN],
  ])('of %s', async (_, html, rules) => {
    const validator = new HtmlValidate({ root: true, extends: ['html-validate:recommended'], rules })
    const { results } = await validator.validateString(html)
    expect(
      results.flatMap(({ messages }) => messages.map(({ ruleId, message, line, column }) => `${ruleId} ${line}:${column} ${message}`)),
    ).toEqual([])
  })
})

describe('a page of many figures', () => {
  it('holds 160 units × 17 metrics, their months and ranks in full', () => {
    const html = renderPage(sampleDocument({ units: 160, metrics: 17 }))
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MOST_BYTES)
    expect(html).toContain('</td>')
    expect(html).toMatch(/class="heat (reached|lagging) /)
  })

  it('says the shade of most cells once', () => {
    const [table] = largestDocument(4, 1, 30).sections[0]!.tables
    const all = (status: 'missed' | 'exceeded' | null): Table => ({
      ...table!,
      rows: table!.rows.map((row) => ({ ...row, cells: row.cells.map((cell) => (cell.kind === 'rate' ? { ...cell, status } : cell)) })),
    })
    expect(renderTable(all('exceeded'), 'vi')).toMatch(/class="heat reached bare"(?!.*<td class)/s)
    expect(renderTable(all('missed'), 'vi')).toMatch(/class="heat lagging bare"(?!.*<td class)/s)
    expect(renderTable(all(null), 'vi')).toMatch(/class="heat bare"(?!.*<td class)/s)
    const mixed = all('exceeded')
    Object.assign(mixed.rows[0]!.cells[1]!, { status: 'missed' })
    Object.assign(mixed.rows[0]!.cells[2]!, { status: null })
    expect(renderTable(mixed, 'vi').match(/<td class="\w">/g)).toEqual(['<td class="m">', '<td class="n">'])
  })

  it('holds 160 units × 12 months for each of 17 metrics, marks and all', () => {
    const html = renderPage(largestDocument())
    expect(html.match(/<td>/g)!.length).toBeGreaterThanOrEqual(160 * 12 * 17)
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MOST_BYTES)
  })

  it('goes without shades, but never without the marks of missed targets', () => {
    const html = renderPage(largestDocument(160, 17, 40))
    expect(Buffer.byteLength(html)).toBeLessThanOrEqual(MOST_BYTES)
    expect(html).toMatch(/<td>\d+,\d\d▼<td>/)
    expect(html).not.toMatch(/<td class=|<table[^>]*(heat|reached|lagging)/)
  })

  it('joins tables of the same units as far as it must, and keeps every cell', () => {
    const document = largestDocument(160, 17, 40)
    const html = renderPage(document)
    const joined = [...html.matchAll(/<table id="?table_([\w-]+)/g)].map(([, id]) => id!)
    const { tables } = document.sections[0]!
    expect(joined.length).toBeLessThan(tables.length)
    const expected = tables[0]!.rows.map(({ cells: [name] }, r) => [
      cellText(name!, 'vi'),
      ...tables.flatMap(({ rows, columns }) =>
        rows[r]!.cells.slice(1).map((cell, i) => cellText(cell, 'vi', columns[i + 1]).replace(' ', '')),
      ),
    ])
    const [first, ...others] = joined.map((id) => cellsOf(html, { id }))
    expect(first!.map((row, r) => [...row, ...others.flatMap((rows) => rows[r]!.slice(1))])).toEqual(expected)
    for (const { caption } of tables.slice(0, -1)) expect(html).toContain(`colspan=12>${caption}`)
  })

  it('leaves apart what does not have the same rows', () => {
    const document = largestDocument(5, 2)
    const [one, other] = document.sections[0]!.tables
    const joined = (tables: Table[], bytes = Infinity): number =>
      joinTables({ ...document, sections: [{ ...document.sections[0]!, tables }] }, bytes).sections[0]!.tables.length
    expect(joined([one!, other!])).toBe(1)
    expect(joined([one!, other!], 0)).toBe(2)
    expect(joined([one!, { ...other!, rows: other!.rows.toReversed() }])).toBe(2)
    expect(joined([{ ...one!, chart: { kind: 'bullet', items: [] } }, other!])).toBe(2)
    expect(joined([one!, { ...other!, isHeat: false }])).toBe(2)
    expect(joined(Array.from({ length: 7 }, () => one!))).toBe(3)
  })

  it('costs little to make', async () => {
    const document = largestDocument()
    const costs: number[] = []
    for (let i = 0; i < 3; i++) costs.push(await costOf(() => renderPage(document)))
    expect(Math.min(...costs)).toBeLessThan(8)
  })
})

describe('drawings', () => {
  const item = {
    name: 'Trễ hạn',
    depth: 0 as const,
    shown: 300,
    target: 200,
    targetText: '2,00 %',
    status: 'missed' as const,
    isLowerBetter: true,
  }

  it('draw bars on a common scale of 100 %, and on a smaller one, which they say, where less is better', () => {
    const whole = { ...item, shown: 5_000, target: 10_000, targetText: '', isLowerBetter: false }
    const [first] = renderBullets({ kind: 'bullet', items: [whole] }, 'vi')
    const [second] = renderBullets({ kind: 'bullet', items: [item] }, 'vi')
    expect(first).toMatch(/class="track" [^>]*width="324".*class="bar missed" [^>]*width="162".*class="target" x="322.8"/)
    expect(first).not.toContain('>100 %<')
    expect(second).toContain('>4 %<')
    expect(second).toContain('aria-label="Trễ hạn: 3,00 %, kế hoạch 2,00 %, chưa đạt"')
  })

  it('keep the parts of a metric beside it, in one drawing', () => {
    const parts = (name: string, count: number) => [
      { ...item, name },
      ...Array.from({ length: count }, (_, i) => ({ ...item, name: `${name}${i}`, depth: 1 as const })),
    ]
    const drawings = renderBullets(
      { kind: 'bullet', items: [...parts('A', 3), ...parts('B', 3), ...parts('C', 0), ...parts('D', 7)] },
      'vi',
    )
    expect(drawings.map((drawing) => [...drawing.matchAll(/class="(?:name|part)"[^>]*>(\w+)/g)].map(([, name]) => name).join(' '))).toEqual(
      ['A A0 A1 A2', 'B B0 B1 B2 C', 'D D0 D1 D2 D3 D4 D5 D6'],
    )
  })

  it('leave gaps in lines, and mark the months that missed the target whichever side is good', () => {
    const chart = { kind: 'line' as const, months: ['1/2025', '2/2025', '3/2025', '4/2025'] }
    const series = { name: 'A', shown: [1_000, null, 3_000, 2_000], targets: [2_000, 2_000, 2_000, 2_000] }
    const [higher] = renderPanels({ ...chart, series: [{ ...series, isLowerBetter: false }] }, 'vi')
    const [lower] = renderPanels({ ...chart, series: [{ ...series, isLowerBetter: true }] }, 'vi')
    expect(/class="line" d="([^"]*)"/.exec(higher!)![1]).toMatch(/^M[\d.,]+ZM[\d.,]+L[\d.,]+$/)
    const marks = (panel: string): string => /class="missed" d="([^"]*)"/.exec(panel)![1]!
    expect(marks(higher!)).toMatch(/^M26,/)
    expect(marks(lower!)).toMatch(/^M172\.7,/)
    expect(higher).toContain('kế hoạch 20,00 %, 1 tháng chưa đạt')
  })

  it('name of many units only those that moved most', () => {
    const items = Array.from({ length: 160 }, (_, i) => ({ name: `Xã ${i + 1}`, from: i + 1, to: ((i * 37) % 160) + 1 }))
    const svg = renderSlope({ kind: 'slope', from: 'tháng 8', to: 'tháng 9', of: 160, items }, 'vi')!
    expect(svg.match(/class="rose"/g)).toHaveLength(6)
    expect(svg.match(/class="fell"/g)).toHaveLength(6)
    const lines = [...svg.matchAll(/<text class="part" x="154" y="([\d.]+)"/g)].map(([, y]) => Number(y))
    expect(lines).toHaveLength(12)
    expect(Math.min(...lines.slice(1).map((y, i) => y - lines[i]!))).toBeGreaterThanOrEqual(15.9)
  })

  it('show a month alone as a dot, and nothing where there is no figure', () => {
    const months = ['1/2025', '2/2025', '3/2025']
    expect(renderSparkline({ kind: 'trend', months, shown: [null, 5_000, null] }, 'en')).toMatch(/d="M44,11Z".*<circle/)
    expect(renderSparkline({ kind: 'trend', months, shown: [null, null, null] }, 'en')).toBe('')
    expect(renderSlope({ kind: 'slope', from: 'a', to: 'b', of: 0, items: [] }, 'en')).toBeNull()
  })

  it('cut names to the room there is, wide letters counted as wide', () => {
    expect(fitted('Xã Tân Thuận', 140, PART)).toBe('Xã Tân Thuận')
    expect(fitted('Xã Tân Thuận Đông', 110, PART)).toMatch(/^Xã Tân ?…Đông$/)
    expect([...fitted('漢'.repeat(40), 120, PART)].length).toBeLessThanOrEqual(6)
  })
})

/** Every cell of the document is in its table, its text the same. */
function expectAllCells(document: Document): void {
  const html = renderPage(document)
  for (const table of document.sections.flatMap(({ tables }) => tables)) {
    const expected = table.rows.map(({ cells }) => cells.map((cell, i) => clean(cellText(cell, document.language, table.columns[i]))))
    expect(cellsOf(html, table), table.id).toEqual(expected)
  }
}

function cellsOf(html: string, { id }: Pick<Table, 'id'>): string[][] {
  const start = html.search(new RegExp(`<table id="?table_${id}[ "]`))
  const body = html.slice(html.indexOf('<tbody>', start), html.indexOf('</table>', start))
  return body
    .split(/<tr[^>]*>/)
    .slice(1)
    .map((row) =>
      row
        .split(/<t[dh][^>]*>/)
        .slice(1)
        .map(textOf),
    )
}

function textOf(html: string): string {
  const entities: Record<string, string> = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" }
  return html.replaceAll(/<[^>]*>|\n/g, '').replaceAll(/&[#\w]+;/g, (entity) => entities[entity]!)
}

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
