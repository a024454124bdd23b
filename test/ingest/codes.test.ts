import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { foldCodeSql } from '../../src/ingest/codes.js'
import { foldCode } from '../../src/language/code.js'
import { Store, literal } from '../../src/store/store.js'
import { UnitMatcher } from '../../src/units/match.js'
import { codeOf, dossier, HEADER, isBalanced, loadInto } from '../support/facts.js'
import { csv, storeRows, succeed, tempFolder, write } from '../support/program.js'
import { property } from '../support/property.js'
import { workbook } from '../support/workbook.js'

const CODE = codeOf(1)
const fullWidth = (text: string): string => text.replace(/[!-~]/g, (letter) => String.fromCodePoint(letter.codePointAt(0)! + 0xfee0))
/** What spreadsheets, pages and people make of a code. */
const SPELLINGS = [
  `'${CODE}`,
  `\u2019${CODE}`,
  `="${CODE}"`,
  `=HYPERLINK("https://dichvucong.example/a,b?id=1","${CODE}")`,
  `=hyperlink("https://dichvucong.example"; "${CODE}")`,
  CODE.replaceAll('-', '\u2013'),
  CODE.replaceAll('-', '\u2014'),
  CODE.replaceAll('-', '\u2212'),
  CODE.replaceAll('-', '\u2011'),
  CODE.toLowerCase(),
  fullWidth(CODE),
  fullWidth(CODE.toLowerCase()),
  `\u00a0${CODE.replace('H', '\u200bH')}`,
  CODE.replaceAll('-', ' - '),
  CODE.replaceAll('.', '. '),
  `'="${CODE}"`,
]

let store: Store
beforeAll(async () => {
  store = await Store.inMemory()
})
afterAll(() => store.close())

describe('a code', () => {
  test.each(SPELLINGS)('is one however it is written: %s', (text) => {
    expect(foldCode(text)).toBe(CODE)
  })

  test('is folded alike by the engine and by JavaScript, once and for all', async () => {
    const piece = fc.constantFrom(
      ...SPELLINGS,
      ...'\'"=.-_/ \u2013\u2212\uff0d\uff10\uff41\u00a0\u200b\u2018\u201d`',
      'HYPERLINK(',
      ',"',
      '")',
      'h99',
      'đ',
      'Mã',
      '1',
    )
    const text = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'grapheme' }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 40 }), async (texts) => {
        const safe = texts.map((one) => one.replaceAll('\0', ''))
        const folded = await store.rows<{ code: string }>(
          `SELECT ${foldCodeSql('code')} AS code FROM (VALUES ${safe.map((one, i) => `(${i}, ${literal(one)})`).join(', ')}) t(i, code) ORDER BY i`,
        )
        expect(folded.map(({ code }) => code)).toEqual(safe.map(foldCode))
      }),
      property(30),
    )
  })

  test('of a unit is the one of the registry, whatever a spreadsheet made of it', () => {
    const unit = {
      key: 'a',
      code: 'H99-01',
      name: 'Sở Y tế',
      type: 'sở',
      level: 'province',
      parent: null,
      valid_from: null,
      valid_to: null,
    } as never
    const matcher = new UnitMatcher({ units: [unit], aliases: [], changes: [], levelEnds: {} } as never)
    for (const said of ["'H99-01", 'h99\u201301', '="H99-01"']) expect(matcher.match(said, null, null)).toEqual({ unit })
  })
})

describe('dossiers whose codes are written otherwise', () => {
  const rowOf = (text: string): string[] => [text, ...dossier(1).slice(1)]

  test.each(['csv', 'xlsx', 'careful'])('are one dossier, within a file and between files, and are counted: %s', async (form) => {
    const folder = tempFolder()
    const file = (name: string, rows: string[][]): string =>
      form === 'xlsx' ? write(folder, `${name}.xlsx`, workbook({ name: 'S', rows })) : write(folder, `${name}.csv`, csv(rows))
    const files = [
      file('a', [HEADER, dossier(1), dossier(2)]),
      file('b', [HEADER, ...SPELLINGS.map(rowOf)]),
      file('c', [HEADER, rowOf(SPELLINGS[5]!)]),
    ]
    const { results, dossiers } = await loadInto(join(folder, 's.duckdb'), files, { careful: form === 'careful' })
    expect(dossiers.map(({ code }) => code)).toEqual([CODE, codeOf(2)])
    expect(results.map(({ folded }) => folded)).toEqual([0, SPELLINGS.length, 1])
    expect(results.every(({ counts }) => isBalanced(counts) && counts.rejected === 0)).toBe(true)
    expect(await storeRows(join(folder, 's.duckdb'), 'SELECT folded_codes AS n FROM load')).toEqual([
      { n: 0 },
      { n: SPELLINGS.length },
      { n: 1 },
    ])
  })

  test('are said to be so when they are loaded', async () => {
    const cwd = tempFolder()
    write(cwd, 'a.csv', csv([HEADER, rowOf(`'${CODE}`), dossier(2)]))
    expect(JSON.parse(await succeed(['ingest', 'a.csv', '--format', 'json'], { cwd }))).toMatchObject({
      files: [{ folded_codes: 1, kept_results: 0 }],
    })
    expect(await succeed(['loads', '1'], { cwd })).toMatch(/Codes folded +1/)
  })

  test('are the ones that a store of an earlier version has under another spelling', async () => {
    const folder = tempFolder()
    const db = join(folder, 's.duckdb')
    await loadInto(db, [write(folder, 'a.csv', csv([HEADER, dossier(1), dossier(2)]))])
    const old = await Store.open(db)
    await old.run(`DELETE FROM meta WHERE key = 'codes'; UPDATE dossier_version SET code = lower(code) WHERE code = ${literal(CODE)}`)
    old.close()
    const later = { 'Cập nhật lần cuối': '20/05/2024 16:00:00', 'Hình thức nộp': 'Trực tiếp' }
    const { results, dossiers } = await loadInto(db, [write(folder, 'b.csv', csv([HEADER, dossier(1, later), dossier(2, later)]))])
    expect(dossiers).toMatchObject([
      { code: codeOf(2), channel: 'in_person' },
      { code: CODE.toLowerCase(), channel: 'in_person' },
    ])
    expect(results[0]!.counts).toMatchObject({ read: 2, loaded: 2 })
  })
})
