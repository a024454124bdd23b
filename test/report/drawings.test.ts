import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { renderBullets } from '../../src/report/html/bullet.js'
import { fitted, NAME, PART, SLACK, SMALL, widthOf, type Face } from '../../src/report/html/letters.js'
import { renderPanels } from '../../src/report/html/line.js'
import { renderSlope } from '../../src/report/html/slope.js'
import { property } from '../support/property.js'

interface Placed {
  text: string
  left: number
  right: number
  top: number
  bottom: number
}

const FACES: Record<string, Face> = { name: NAME, figure: NAME, part: PART, small: SMALL }
const plain = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, '')
    .replace(/&#39;/g, "'")
    .replace(/&quot;/g, '"')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')

/** Where the labels of a drawing stand on a machine whose letters are so much wider, taller too, than those measured. */
function labelsOf(svg: string, wider: number): Placed[] {
  const face = (classes: string): Face => FACES[classes.split(' ')[0]!]!
  return [...svg.matchAll(/<text class="([^"]+)"((?: [\w-]+="[^"]*")*)>(.*?)<\/text>/g)].map(([, classes, attributes, inside]) => {
    const at = (name: string): number => Number(new RegExp(` ${name}="([^"]*)"`).exec(attributes!)?.[1] ?? 0)
    const runs = [...inside!.matchAll(/<tspan class="figure">(.*?)<\/tspan>|<[^>]*>|([^<]+)/g)]
    const width = runs.reduce((sum, [, bold, other]) => sum + widthOf(plain(bold ?? other ?? ''), bold ? NAME : face(classes!)), 0) * wider
    const left = attributes!.includes('text-anchor="end"') ? at('x') - width : at('x')
    const { size } = face(classes!)
    return { text: plain(inside!), left, right: left + width, top: at('y') - 0.93 * size, bottom: at('y') + 0.24 * size }
  })
}

function faults(svg: string, wider = SLACK): string[] {
  const [, width, height] = /viewBox="0 0 ([\d.]+) ([\d.]+)"/.exec(svg)!.map(Number)
  const labels = labelsOf(svg, wider)
  const isOver = (a: Placed, b: Placed): boolean =>
    a.left < b.right && b.left < a.right && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4
  return [
    ...labels
      .filter(({ left, right, top, bottom }) => left < -0.01 || right > width! + 0.01 || top < 0 || bottom > height!)
      .map(({ text }) => `clipped: ${text}`),
    ...labels.flatMap((a, i) =>
      labels
        .slice(i + 1)
        .filter((b) => isOver(a, b))
        .map((b) => `${a.text} over ${b.text}`),
    ),
  ]
}

const word = fc.constantFrom('Phường', 'Xã', 'MƯỜNG', 'Nguyễn', 'Phích', 'Đông', 'WWWW', 'illi', 'Đắk', '1.234', '省', 'ﷺ', '−149', '%')
const name = fc.array(word, { minLength: 1, maxLength: 9 }).map((words) => words.join(' '))
const shown = fc.option(fc.oneof(fc.integer({ min: 0, max: 12_000 }), fc.integer({ min: 0, max: 90 })), { nil: null })
const language = fc.constantFrom('vi' as const, 'en' as const)
const months = fc.integer({ min: 1, max: 14 }).map((n) => Array.from({ length: n }, (_, i) => `${(i % 12) + 1}/2024`))

describe('a drawing clips no label and sets none over another, with letters 15 % wider than measured', () => {
  it('of ranks in two periods', () => {
    const items = fc.integer({ min: 1, max: 3_000 }).chain((of) =>
      fc.array(
        fc.record({
          name,
          from: fc.option(fc.integer({ min: 1, max: of }), { nil: null }),
          to: fc.option(fc.integer({ min: 1, max: of }), { nil: null }),
        }),
        { minLength: 1, maxLength: 30 },
      ),
    )
    fc.assert(
      fc.property(fc.tuple(items, name, name, language), ([items, from, to, language]) => {
        const svg = renderSlope({ kind: 'slope', from, to, of: items.length, items }, language)
        if (svg !== null) expect(faults(svg)).toEqual([])
      }),
      property(300),
    )
  })

  it('of results and their targets', () => {
    const item = fc.record({
      name,
      depth: fc.constantFrom(0 as const, 1 as const),
      shown,
      target: shown,
      targetText: fc.constant('95 %'),
      status: fc.constantFrom('missed' as const, 'met' as const),
      isLowerBetter: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.tuple(fc.array(item, { minLength: 1, maxLength: 8 }), language), ([items, language]) => {
        for (const svg of renderBullets({ kind: 'bullet', items }, language)) expect(faults(svg)).toEqual([])
      }),
      property(300),
    )
  })

  it('of months', () => {
    const series = fc.record({
      name,
      shown: fc.array(shown, { maxLength: 14 }),
      targets: fc.array(shown, { maxLength: 14 }),
      isLowerBetter: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.tuple(months, fc.array(series, { minLength: 1, maxLength: 3 }), language), ([months, series, language]) => {
        for (const panel of renderPanels({ kind: 'line', months, series }, language)) expect(faults(panel)).toEqual([])
      }),
      property(300),
    )
  })
})

it('a name that has the room is whole, and one that has not keeps its end', () => {
  expect(fitted('Phường Phan Ngọc Hiển', 400, NAME)).toBe('Phường Phan Ngọc Hiển')
  expect(fitted('Phường Nguyễn Phích Đông 149', 150, PART)).toMatch(/^Phường.*….*149$/)
})
