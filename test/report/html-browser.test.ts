import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import type { Document } from '../../src/report/document.js'
import { renderPage } from '../../src/report/html/page.js'
import { lighten } from '../../src/report/html/lean.js'
import { clean } from '../../src/report/html/text.js'
import { CHROMIUM, IS_REQUIRED, openBrowser, openPage } from '../support/browser.js'
import { formDocument, HOSTILE, largestDocument } from './pages.js'
import { sampleDocument } from './sample.js'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const PHONE = { viewport: { width: 390, height: 800 } }
const hostile = (names = HOSTILE): Document => ({
  ...sampleDocument({ units: names.length, names, metrics: 2 }),
  office: HOSTILE.at(-4)!,
  title: HOSTILE.at(-15)!,
})

describe.skipIf(CHROMIUM === null && !IS_REQUIRED)('a web page in a browser (skipped where there is no Chromium)', () => {
  let browser: Browser

  beforeAll(async () => {
    browser = await openBrowser()
  })

  afterAll(async () => {
    await browser?.close()
  })

  const few = { units: 5, metrics: 2 }

  it.each([
    ['a report', renderPage(sampleDocument(few)), {}],
    ['a report on a phone in the dark', renderPage(sampleDocument({ ...few, language: 'en' })), { ...PHONE, colorScheme: 'dark' }],
    ['a form', renderPage(formDocument()), {}],
    ['hostile names', renderPage(hostile(HOSTILE.slice(-20))), {}],
    ['a page of many figures', lighten(renderPage(sampleDocument(few))), {}],
  ] as const)('has no barrier of WCAG 2.2 AA: %s', async (_, html, options) => {
    const { page, requests, messages } = await openPage(browser, html, options)
    await page.evaluate(`for (const one of document.querySelectorAll('details')) one.open = true`)
    const { violations, passes } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html} ${nodes[0]!.failureSummary}`)).toEqual([])
    expect(passes.length).toBeGreaterThan(5)
    expect({ requests, messages }).toEqual({ requests: [], messages: [] })
    await page.context().close()
  })

  it.each([
    ['a report without scripts', sampleDocument(), { javaScriptEnabled: false }],
    ['the largest report', largestDocument(), {}],
  ] as const)('asks for nothing and says nothing to the console: %s', async (_, document, options) => {
    const { page, requests, messages } = await openPage(browser, renderPage(document), options)
    expect({ requests, messages }).toEqual({ requests: [], messages: [] })
    expect(await page.locator('h1').textContent()).toBe(document.title)
    expect(await page.locator('main > section:not(:has(> details)) tbody tr').last().isVisible()).toBe(true)
    await page.context().close()
  })

  it('shows hostile names as they are, and runs nothing in them', async () => {
    const { page, requests, messages } = await openPage(browser, renderPage(hostile()))
    const shown = await page.locator('#table_units tbody th').evaluateAll((cells) => cells.map((cell) => cell.textContent))
    expect(shown).toEqual(HOSTILE.map(clean))
    expect(await page.evaluate('window.broken')).toBeUndefined()
    expect(await page.locator('table').count()).toBe(7)
    expect({ requests, messages }).toEqual({ requests: [], messages: [] })
    await page.context().close()
  })

  it('never scrolls sideways on a phone; tables do, and their first column stays', async () => {
    for (const document of [hostile(), formDocument(), sampleDocument({ metrics: 17 })]) {
      const { page } = await openPage(browser, renderPage(document), PHONE)
      for (const width of [390, 320]) {
        await page.setViewportSize({ width, height: 800 })
        expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
      }
      if (document.sections[2]?.tables[0]!.columns.length === 18) {
        const region = page.locator('.scroll', { has: page.locator('#table_units') })
        await region.focus()
        await region.evaluate((element) => element.scrollTo({ left: 100 }))
        expect(await region.evaluate((element) => element.scrollLeft)).toBe(100)
        const [edge, name] = [await region.boundingBox(), await page.locator('#table_units tbody th').nth(3).boundingBox()]
        expect(name!.x).toBe(edge!.x)
        expect(name!.width).toBeLessThan(320 / 2)
      }
      await page.context().close()
    }
  })

  it('clips no label in a drawing and sets none over another', async () => {
    const names = ['Phường Phan Ngọc Hiển 10', 'Xã Khánh Bình Tây Bắc 12', 'Xã Tân Ân Tây', 'Phường Lý Văn Lâm', 'Đặc khu Phú Quốc']
    const longNames = Array.from({ length: 155 }, (_, i) => `Phường Nguyễn Phích Đông ${i}`)
    for (const viewport of [
      { width: 390, height: 800 },
      { width: 1280, height: 900 },
    ]) {
      const { page } = await openPage(browser, renderPage(sampleDocument({ names: [...names, ...longNames], units: 160 })), { viewport })
      const wrong = await page.locator('figure svg').evaluateAll((drawings) =>
        drawings.flatMap((svg) => {
          const edge = svg.getBoundingClientRect()
          const labels = [...svg.querySelectorAll('text')].map((text) => ({ text: text.textContent, box: text.getBoundingClientRect() }))
          const clipped = labels.filter(
            ({ box }) => box.left < edge.left - 1 || box.right > edge.right + 1 || box.top < edge.top - 1 || box.bottom > edge.bottom + 1,
          )
          const over = labels.filter(({ box: a }, i) =>
            labels
              .slice(i + 1)
              .some(({ box: b }) => a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 5 && b.top < a.bottom - 5),
          )
          return [...clipped.map(({ text }) => `clipped: ${text}`), ...over.map(({ text }) => `under another: ${text}`)]
        }),
      )
      expect(wrong).toEqual([])
      await page.context().close()
    }
  })

  it('sets digits under digits, with and without a mark', async () => {
    const { page } = await openPage(browser, renderPage(sampleDocument()))
    const ends = await page.locator('#table_units tbody tr').evaluateAll((rows) =>
      rows.flatMap((row) => {
        const range = row.ownerDocument.createRange()
        const text = row.children[1]!.firstChild!
        range.selectNodeContents(text)
        return /\d/.test(text.textContent!) ? [Math.round(range.getBoundingClientRect().right * 10)] : []
      }),
    )
    expect(ends.length).toBeGreaterThan(8)
    expect(Math.max(...ends) - Math.min(...ends)).toBeLessThanOrEqual(1)
    await page.context().close()
  })

  it('sorts names as Vietnamese does, figures by value, and keeps what has no figure at the end', async () => {
    const names = [
      'Xã Đất Mũi',
      'Xã Ea Súp',
      'Xã Dân Chủ',
      'Xã Ân Hảo',
      'Xã An Xuyên',
      'Xã Ăn Thua',
      'Xã Tân Ân 10',
      'Xã Tân Ân 9',
      'Xã Ô Môn',
      'Xã Ơ Loa',
    ]
    const { page } = await openPage(browser, renderPage(sampleDocument({ names, units: names.length })))
    const heading = (at: number) => page.locator('#table_units thead th').nth(at)
    await heading(0).getByRole('button').click()
    expect(await heading(0).getAttribute('aria-sort')).toBe('ascending')
    const sorted = ['An Xuyên', 'Ăn Thua', 'Ân Hảo', 'Dân Chủ', 'Đất Mũi', 'Ea Súp', 'Ô Môn', 'Ơ Loa', 'Tân Ân 9', 'Tân Ân 10']
    expect(await column(page, 1)).toEqual(sorted.map((name) => `Xã ${name}`))
    for (const [direction, sign] of [['ascending', 1] as const, ['descending', -1] as const]) {
      await heading(1).getByRole('button').click()
      expect([await heading(0).getAttribute('aria-sort'), await heading(1).getAttribute('aria-sort')]).toEqual([null, direction])
      const cells = await column(page, 2)
      const figures = cells.filter((text) => /\d/.test(text)).map((text) => Number(text.replace(',', '.').replace(' ▼', '')))
      expect(figures.length).toBeGreaterThan(5)
      expect(figures).toEqual([...figures].sort((a, b) => (a - b) * sign))
      expect(cells.slice(figures.length).every((text) => text === '–' || text === '×')).toBe(true)
    }
    await page.context().close()
  })

  it('sorts months by time, and leaves tables whose parts stand under their totals alone', async () => {
    const { page } = await openPage(browser, renderPage(sampleDocument({ months: 14 })))
    const month = page.locator('#table_months thead th').first().getByRole('button')
    const before = await column(page, 1, 'months')
    await month.click()
    expect(await column(page, 1, 'months')).toEqual(before)
    await month.click()
    expect(await column(page, 1, 'months')).toEqual([...before].reverse())
    expect(await page.locator('#table_plan button, #table_timeliness button').count()).toBe(0)
    await page.context().close()
  })

  it('finds rows of long tables without accents, and says how many', async () => {
    const { page } = await openPage(browser, renderPage(sampleDocument({ units: 60, metrics: 3 })))
    const field = page.locator('#units').getByLabel('Tìm trong bảng')
    await field.fill('PHUONG dam doi 1')
    const rows = page.locator('#table_units tbody tr:visible')
    expect(await rows.count()).toBe(5)
    expect(await page.locator('#units output').textContent()).toBe('5 / 60 dòng')
    await field.fill('')
    expect(await rows.count()).toBe(60)
    await page.context().close()
  })

  it('prints on A4: wide tables across, the rest upright, without what is of no use on paper', async () => {
    const { page } = await openPage(browser, renderPage(sampleDocument({ units: 160, metrics: 17 })), PHONE)
    const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1')
    const sizes = [...pdf.matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
      ([, width, height]) => `${Math.round(Number(width))}×${Math.round(Number(height))}`,
    )
    expect([...new Set(sizes)].sort()).toEqual(['595×842', '842×595'])
    await page.emulateMedia({ media: 'print' })
    await page.setViewportSize({ width: 1032, height: 700 })
    expect(await page.locator('nav, .find').filter({ visible: true }).count()).toBe(0)
    const table = await page.locator('#table_units').boundingBox()
    expect(table!.width).toBeLessThanOrEqual(1032)
    expect(await page.locator('#table_units tbody th').nth(159).isVisible()).toBe(true)
    await page.context().close()
  })
})

async function column(page: Page, at: number, table = 'units'): Promise<string[]> {
  return page.locator(`#table_${table} tbody tr > :nth-child(${at})`).evaluateAll((cells) => cells.map((cell) => cell.textContent!))
}
