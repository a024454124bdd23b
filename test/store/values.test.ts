import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { Store } from '../../src/store/store.js'
import { identifier, literal } from '../../src/store/values.js'
import { property } from '../support/property.js'

let store: Store
beforeAll(async () => {
  store = await Store.inMemory()
})
afterAll(() => store.close())

const sign = fc.constantFrom(
  '\u0000',
  "'",
  "''",
  '"',
  '\\',
  '\\0',
  '\u2028',
  '\u2029',
  ';',
  '--',
  '/*',
  '$$',
  '\n',
  '\r',
  '\ud800',
  '\udc00',
  '%',
  '{}',
  'Đ',
)

describe('a text in a statement', () => {
  it('stands for itself whatever it is, and neither ends nor changes the statement', async () => {
    const texts = fc.array(fc.oneof(sign, fc.string({ unit: 'binary' })), { maxLength: 8 }).map((parts) => parts.join(''))
    await fc.assert(
      fc.asyncProperty(fc.array(texts, { minLength: 1, maxLength: 20 }), async (said) => {
        const row = await store.row<Record<string, string>>(
          `SELECT ${said.map((text, i) => `CASE ${literal(text)} WHEN ${literal(text)} THEN ${literal(text)} END AS t${i}`).join(', ')}, 'end' AS last`,
        )
        expect(row).toEqual({ ...Object.fromEntries(said.map((text, i) => [`t${i}`, Buffer.from(text).toString()])), last: 'end' })
      }),
      property(100),
    )
  })

  it.each(["'", '\u0000', 'a\u0000b', '\u2028', '"'])('of a megabyte of %j too', async (piece) => {
    const text = piece.repeat(2 ** 20 / piece.length)
    expect(await store.row(`SELECT ${literal(text)} = $text AS is_same`, { text })).toEqual({ is_same: true })
  })

  it('is a name in the same way, but for a NUL, which no table has', async () => {
    for (const name of ['a"; DROP TABLE load; --', "it's", '\u2028', 'x'.repeat(2 ** 16)])
      expect(await store.row(`SELECT 1 AS ${identifier(name)}`)).toEqual({ [name]: 1 })
    expect(() => identifier('load\u0000')).toThrow(RangeError)
  })
})
