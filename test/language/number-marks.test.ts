import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { marksOf, parseMarked } from '../../src/language/number-marks.js'
import { property } from '../support/property.js'

const read = (cells: string[], isWhole = true, isSheet = false) => {
  const marks = marksOf(cells, { isWhole, isSheet })
  return cells.map((cell) => parseMarked(cell, marks))
}
const DOUBT = { readings: expect.anything() as unknown }

describe('the numbers of a column', () => {
  it('are read by what all of it says', () => {
    expect(read(['900', '1,000'])).toEqual([900, 1000])
    expect(read(['12,000', '1,234'])).toEqual([12_000, 1234])
    expect(read(['12,000', '1,234,567'])).toEqual([12_000, 1_234_567])
    expect(read(['1.000', '900'])).toEqual([1000, 900])
    expect(read(['12.345', '1.234,00'])).toEqual([12_345, 1234])
    expect(read(['1,234.00', '5,000'])).toEqual([1234, 5000])
    expect(read(['2.0', '120000.0'])).toEqual([2, 120_000])
    expect(read(['1 234', '12\u00a0345'])).toEqual([1234, 12_345])
    expect(read(['1.234,56', '1,375'], false)).toEqual([1234.56, 1.375])
    expect(read(['1,234.56', '1,375'], false)).toEqual([1234.56, 1375])
    expect(read(['92.17', '1.375'], false, true)).toEqual([92.17, 1375])
  })

  it('are in doubt where nothing in the column tells, or where it tells both', () => {
    expect(read(['12,000', '15,000'])).toEqual([DOUBT, DOUBT])
    expect(read(['12,000', '1500'])).toEqual([DOUBT, 1500])
    expect(read(['1,375'], false)).toEqual([DOUBT])
    expect(read(['1.234', '2,345', '1,000'])).toEqual([DOUBT, DOUBT, DOUBT])
    expect(parseMarked('12,000', 'doubt')).toEqual({ readings: [12, 12_000] })
    expect(read(['12.3456.1', 'x', '1,23,4'])).toEqual([null, null, null])
  })

  it('come back whatever the marks, or are in doubt: never another number', () => {
    const format = (n: number, mark: string): string => String(n).replace(/\B(?=(\d{3})+$)/g, mark)
    fc.assert(
      fc.property(fc.array(fc.nat(5_000_000), { minLength: 1, maxLength: 12 }), fc.constantFrom('.', ',', ' ', ''), (counts, mark) => {
        for (const [i, found] of read(counts.map((n) => format(n, mark))).entries())
          if (typeof found === 'number') expect(found).toBe(counts[i])
      }),
      property(300),
    )
  })
})
