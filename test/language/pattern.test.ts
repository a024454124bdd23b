import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { isFoundSql } from '../../src/reading/clean-sql.js'
import { patternProblem } from '../../src/language/pattern.js'
import { render } from '../../src/messages/message.js'
import { literal, Store } from '../../src/store/store.js'
import { tempFolder } from '../support/program.js'
import { property } from '../support/property.js'

describe('a regular expression of a definition', () => {
  test.each([
    '^Tổng',
    '^\\s*[IVX]+\\.?$',
    '\\((\\d+)\\)',
    '^(?:Sở|UBND) .{2,40}?$',
    '[À-ỹ]\\p{L}*',
    'a|b|',
    '^(?:^a|b$)$|^c',
    '[^\\]\\-a-f]',
    '(?:ab){3}|(c)+',
    '\\bx\\B',
    '\\x41\\t',
    '😀{2}',
  ])('%s is one', (source) => expect(patternProblem(source)).toBeNull())

  test.each([
    ['(', 'Unterminated group'],
    ['a(?=b)', 'looking ahead'],
    ['a(?!b)', 'looking ahead'],
    ['(?<=a)b', 'looking ahead'],
    ['(?<name>a)', 'names'],
    ['(a)\\1', '"\\1"'],
    ['\\u0041', '"\\u0"'],
    ['\\p{Script=Latin}', '"\\p{"'],
    ['\\cA', '"\\cA"'],
    ['[\\b]', '"\\b]"'],
    ['[]', '[]'],
    ['[^]', '[]'],
    ['[[a]', '\\['],
    ['(?:a*)*', 'repeats what may be empty'],
    ['(a?){3}', 'repeats what may be empty'],
    ['(?:a|b?)+', 'repeats what may be empty'],
    ['(?:a+b?)+', 'repeats a repetition'],
    ['(?:a+){3}', 'repeats a repetition'],
    ['(?:.{20}){20}', 'too long'],
  ])('%s is none, and the reason is said', (source, reason) => expect(render(patternProblem(source)!, 'en')).toContain(reason))

  test('keeps its first group where one is needed', () => {
    expect(render(patternProblem('\\d+', true)!, 'en')).toContain('there is none')
    expect(render(patternProblem('(\\d)+', true)!, 'en')).toContain('repeats a group')
    expect(patternProblem('(?:a(\\d)){0,1}(\\d)?', true)).toBeNull()
  })
})

const piece = fc.constantFrom(
  'a',
  'b',
  'ế',
  '.',
  '\\d',
  '\\w',
  '\\S',
  '[ab]',
  '[^a]',
  '[a-c\\d]',
  '\\p{L}',
  '\\.',
  ' ',
  '1',
  '\\b',
  '^',
  '$',
)
const mark = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,3}', '{2,}', '*?', '+?', '??')
const { source } = fc.letrec<{ source: string; atom: string }>((tie) => ({
  atom: fc.oneof(
    { weight: 5, arbitrary: piece },
    { weight: 2, arbitrary: tie('source').map((inside) => `(${inside})`) },
    { weight: 1, arbitrary: tie('source').map((inside) => `(?:${inside})`) },
  ),
  source: fc
    .array(
      fc.array(
        fc.tuple(tie('atom'), mark).map((parts) => parts.join('')),
        { minLength: 1, maxLength: 4 },
      ),
      { minLength: 1, maxLength: 2 },
    )
    .map((alternatives) => alternatives.map((one) => one.join('')).join('|')),
}))
const cells = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'ế', '1', ' ', '.', '-'), maxLength: 8 }), {
  minLength: 8,
  maxLength: 8,
})

describe('means the same to the engine of the store', () => {
  let store: Store
  beforeAll(async () => {
    store = await Store.open(join(tempFolder(), 's.duckdb'))
  })
  afterAll(() => store.close())

  test('where it is found, and what its first group keeps', async () => {
    let checked = 0
    await fc.assert(
      fc.asyncProperty(source, cells, async (pattern, texts) => {
        if (patternProblem(pattern) !== null) return
        checked++
        const keeps = patternProblem(pattern, true) === null
        const list = texts.map((text, i) => `(${i}, ${literal(text)})`).join(', ')
        const found = await store.rows(
          `SELECT ${isFoundSql('cell', pattern)} AS is_found, ${keeps ? `regexp_extract(cell, ${literal(pattern)}, 1)` : "''"} AS kept
           FROM (VALUES ${list}) AS t(i, cell) ORDER BY i`,
        )
        const own = texts.map((text) => {
          const match = new RegExp(pattern, 'u').exec(text)
          return { is_found: match !== null, kept: (keeps && match?.[1]) || '' }
        })
        expect({ pattern, texts, found }).toEqual({ pattern, texts, found: own })
      }),
      {
        ...property(700),
        examples: [
          ['1^', ['1', '', '1^']],
          ['$$', ['a', '', '$']],
        ],
      },
    )
    expect(checked).toBeGreaterThan(100)
  }, 120_000)
})
