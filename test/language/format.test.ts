import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { displayHundredths, formatCount, formatHundredths } from '../../src/language/format.js'
import { property } from '../support/property.js'

/** Hundredths of a per cent, half up, from whole numbers only. */
function halfUp(numerator: bigint, denominator: bigint): bigint {
  const [whole, rest] = [(numerator * 10_000n) / denominator, (numerator * 10_000n) % denominator]
  return whole + (rest * 2n >= denominator ? 1n : 0n)
}

const counts = fc.oneof(
  fc.tuple(fc.nat({ max: 400 }), fc.nat({ max: 400 })),
  fc.tuple(fc.maxSafeNat(), fc.maxSafeNat()),
  fc.tuple(fc.integer({ min: 1, max: 1e9 }), fc.nat({ max: 3 })).map(([all, missing]) => [all - missing, all] as [number, number]),
)

describe('a rate to show', () => {
  test('is rounded half up, but shows 100,00 only when nothing is missing and 0,00 only when nothing is there', () => {
    fc.assert(
      fc.property(counts, (pair) => {
        const [numerator, denominator] = [Math.max(Math.min(...pair), 0), Math.max(...pair, 1)]
        const shown = displayHundredths(numerator, denominator)
        const exact = Number(halfUp(BigInt(numerator), BigInt(denominator)))
        if (numerator === denominator) expect(shown).toBe(10_000)
        else if (numerator === 0) expect(shown).toBe(0)
        else expect(shown).toBe(Math.min(Math.max(exact, 1), 9_999))
      }),
      property(2000),
    )
  })
  test('is the published one', () => {
    for (const [numerator, denominator, shown] of [
      [205_773, 205_775, 9_999],
      [2, 205_775, 1],
      [329_230, 357_198, 9_217],
      [1, 800, 13],
      [1, 8_000, 1],
      [1, 3, 3_333],
      [2, 3, 6_667],
      [0, 5, 0],
      [5, 5, 10_000],
    ] as const) {
      expect(displayHundredths(numerator, denominator), `${numerator}/${denominator}`).toBe(shown)
    }
  })
})

describe('numbers as people read them', () => {
  test('have the marks of the language', () => {
    expect([0, 7, 999, 1_000, 205_773, 1_234_567].map((count) => formatCount(count, 'vi'))).toEqual([
      '0',
      '7',
      '999',
      '1.000',
      '205.773',
      '1.234.567',
    ])
    expect(formatCount(1_234_567, 'en')).toBe('1,234,567')
    expect(formatCount(-1_234, 'vi')).toMatch(/^[-−]1\.234$/)
    expect(formatHundredths(9_217, 'vi')).toBe('92,17 %')
    expect(formatHundredths(9_217, 'en')).toBe('92.17 %')
    expect(formatHundredths(10_000, 'vi')).toBe('100,00 %')
    expect(formatHundredths(5, 'vi')).toBe('0,05 %')
    expect(formatHundredths(123_456_789, 'en')).toBe('1,234,567.89 %')
    expect(formatHundredths(-1, 'vi', { sign: true, unit: '' })).toBe('−0,01')
    expect(formatHundredths(1_217, 'vi', { sign: true, unit: '' })).toBe('+12,17')
    expect(formatHundredths(0, 'vi', { sign: true, unit: '' })).not.toMatch(/^−/)
  })
})
