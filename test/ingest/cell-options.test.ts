import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { cellReader, readMoneyIn } from '../../src/ingest/cell-options.js'
import { clean } from '../../src/language/fold.js'
import { openEngine, type Engine } from '../support/engine.js'
import { property } from '../support/property.js'

let engine: Engine
beforeAll(async () => {
  engine = await openEngine()
})
afterAll(() => engine.close())

const digits = fc.integer({ min: 0, max: 9_999_999 }).map(String)
const decimals = fc.constantFrom('0', '5', '50', '125', '1250', '0005', '123456', '1234567', '0000000', '')
const money = fc.oneof(
  fc.tuple(digits, fc.constantFrom(',', '.'), decimals).map((parts) => parts.join('')),
  fc
    .tuple(digits, fc.constantFrom('.', ',', ' '), fc.constantFrom('000', '500', '50'), fc.constantFrom('', ',5', '.5'))
    .map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom(' ', '\u00a0', '\u200b', '\u2028', '-'), digits).map((parts) => parts.join('')),
  fc.constantFrom('', ' ', 'Miễn', 'MIỄN  PHÍ', '-', 'không thu', '1e3', '9'.repeat(9), '١'),
)

test.each([
  [1000, false],
  [1000, true],
  [1_000_000, false],
  [1_000_000_000, true],
])('amounts in %i đồng are the same as SQL and row by row; in a workbook: %s', async (unit, isSheet) => {
  const read = cellReader({ unit, isSheet, is1904: false })!
  let good = 0
  await fc.assert(
    fc.asyncProperty(fc.array(money, { minLength: 60, maxLength: 80 }), async (cells) => {
      const found = await engine.read(({ raw }) => {
        const reading = readMoneyIn(raw, unit, isSheet)
        return { ...reading, value: (quick: string) => `CAST(${quick} AS VARCHAR)` }
      }, cells)
      for (const [i, { value, problem }] of found.entries()) {
        const outcome = clean(cells[i]!) === '' ? null : read(cells[i]!)
        const own = outcome === null || 'reason' in outcome ? null : BigInt(outcome.text)
        if (own !== null) good++
        expect({ cell: cells[i], value: value === null ? null : BigInt(value as string), problem }).toEqual({
          cell: cells[i],
          value: own,
          problem: outcome !== null && own === null,
        })
      }
    }),
    property(10),
  )
  expect(good).toBeGreaterThan(100)
})
