import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'

import { clean, fold } from '../../src/language/fold.js'
import { cleanSql } from '../../src/reading/clean-sql.js'
import { literal, Store } from '../../src/store/store.js'
import { docxTables } from '../report/extract.js'
import { dossier, HEADER } from '../support/facts.js'
import { property } from '../support/property.js'
import { csv, run, storeRows, succeed, tempFolder, write } from '../support/program.js'

const range = (from: number, to: number): string[] => Array.from({ length: to - from + 1 }, (_, i) => String.fromCharCode(from + i))
/** What must reach no terminal: C0 but line ends and tabs, DEL, C1, marks of direction, separators of lines and paragraphs. */
const STEERING = [
  ...range(0x01, 0x08),
  ...range(0x0b, 0x1f),
  ...range(0x7f, 0x9f),
  ...range(0x2028, 0x202e),
  ...range(0x2066, 0x2069),
  ...'\u061c\u200e\u200f',
]
const steering = new RegExp(`[${STEERING.map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')}]`)
const HOSTILE = '\u001b[31mXã\u0007 An\u202eAn\u2066\u2028B\u0085ì\u009b2Jnh\u061c\u007f'
const FORMATS = ['table', 'csv', 'json', 'md', 'html']

let cwd: string
beforeAll(async () => {
  cwd = tempFolder()
  const own = (n: number, unit: string, changes = {}): string[] => [...dossier(n, { 'Cơ quan thực hiện': unit, ...changes }), unit]
  write(
    cwd,
    'a.csv',
    csv([
      [...HEADER, 'Lĩnh vực'],
      own(1, HOSTILE),
      own(2, clean(HOSTILE)),
      own(3, 'Sở Tư pháp', { 'Hình thức nộp': `Bồ\u001b[5mcâu\u202e` }),
    ]),
  )
  write(
    cwd,
    'units.csv',
    `Mã đơn vị,Tên đơn vị,Loại\nX1,${HOSTILE},xã\n${range(0x61, 0x7a)
      .map((c) => `X_${c},Xã Bình thường ${c},xã\n`)
      .join('')}`,
  )
  write(cwd, 'plan.csv', `Chỉ tiêu,Kế hoạch,Đơn vị,Nguồn\nonline_submission_rate,80 %,${HOSTILE},Kế hoạch ${HOSTILE}\n`)
})

describe('what steers a terminal reaches none', () => {
  test('from a file, in any command, format and message', async () => {
    const printed: string[] = []
    const said = async (...args: string[]): Promise<string> => {
      const { stdout, stderr } = await run(args, { cwd, env: { FORCE_COLOR: '1' } })
      printed.push(stdout + stderr)
      return stdout
    }
    await said('inspect', 'a.csv', 'units.csv', 'plan.csv')
    await said('ingest', '--max-rejects', '50%', 'a.csv', 'plan.csv', 'units.csv')
    for (const format of FORMATS) {
      const stdout = await said('report', '--by', 'unit,field', '--format', format)
      expect(stdout.length, format).toBeGreaterThan(100)
      if (format === 'json') expect(JSON.parse(stdout)).toMatchObject({ schema: 'cchc.report/1' })
    }
    for (const command of ['units', 'targets', 'loads', 'check'])
      for (const format of ['table', 'csv', 'json']) await said(command, '--format', format)
    for (const format of ['table', 'csv', 'json']) {
      await said('units', '--unknown', '--format', format)
      await said('loads', '--rejected', '--format', format)
      await said('form', 'ii06', '--by', 'unit', '--period', '2024-05', '--format', format)
    }
    for (const text of printed) expect(text).not.toMatch(steering)
    expect(printed.join('')).toContain('Bồ')
  })

  test('from names of files, options and definitions, in the errors about them', async () => {
    const folder = tempFolder()
    write(folder, 'cchc.yaml', `name: "\\e[31m${HOSTILE.slice(1)}"\n`)
    write(folder, `b${HOSTILE}.csv`, 'Tên,Tuổi\nA,1\n')
    for (const args of [
      ['ingest', `${HOSTILE}.csv`],
      ['ingest', `b${HOSTILE}.csv`, '--format', 'json'],
      ['inspect', `b${HOSTILE}.csv`],
      [HOSTILE],
      ['loads', `--${HOSTILE}`],
      ['report', '--metric', HOSTILE],
      ['report', '--db', `${HOSTILE}.duckdb`],
      ['report', '--out', `${HOSTILE}.${HOSTILE}`],
      ['config', '--lang', HOSTILE],
      ['metrics', HOSTILE],
    ]) {
      const { status, stdout, stderr } = await run(args, { cwd: folder })
      expect(status, JSON.stringify(args)).toBeGreaterThan(1)
      expect(stdout + stderr, JSON.stringify(args)).not.toMatch(steering)
    }
  })

  test('nor a reader of files', async () => {
    const files = ['csv', 'json', 'md', 'html', 'txt'].map((ending) => `r.${ending}`)
    for (const file of files) {
      await succeed(['report', '--by', 'unit,field', '--out', file], { cwd })
      expect(readFileSync(join(cwd, file), 'utf8'), file).not.toMatch(steering)
    }
    await succeed(['report', '--by', 'unit,field', '--out', 'r.docx'], { cwd })
    expect(JSON.stringify(await docxTables(join(cwd, 'r.docx')))).not.toMatch(steering)
  })
})

test('names that differ only in what is not seen are one unit and one field', async () => {
  const { rows } = JSON.parse(
    await succeed(['report', '--by', 'unit,field', '--metric', 'online_submission_rate', '--format', 'json'], { cwd }),
  ) as {
    rows: { unit: { name: string } | null; field: string | null; denominator: number }[]
  }
  const called = (name: string | null | undefined): boolean => fold(name ?? '') === fold(HOSTILE)
  expect(rows.filter(({ unit }) => called(unit?.name)).map(({ denominator }) => denominator)).toEqual([2])
  expect(rows.filter(({ field }) => called(field)).map(({ denominator }) => denominator)).toEqual([2])
  expect(await storeRows(join(cwd, 'cchc.duckdb'), `SELECT name FROM unit WHERE code = 'X1'`)).toEqual([{ name: clean(HOSTILE) }])
})

test('a cell is cleaned in SQL as in JavaScript, of whatever it is made', async () => {
  const store = await Store.inMemory()
  const unit = fc.oneof(fc.constantFrom(...STEERING, ...'aĐđ ệ́\u00a0\u200b\ufeff\u180e\u206a\t\n'), fc.string({ maxLength: 1 }))
  const texts = fc.sample(fc.string({ unit, maxLength: 12 }), { seed: property(400).seed!, numRuns: property(400).numRuns! })
  const kept = texts.filter((text) => !text.includes('\u0000') && !/\p{Surrogate}/u.test(text))
  const list = kept.map(literal).join(', ')
  const cleaned = await store.rows<{ cell: string }>(`SELECT ${cleanSql('raw')} AS cell FROM (SELECT unnest([${list}]) AS raw)`)
  expect(cleaned.map(({ cell }) => cell)).toEqual(kept.map(clean))
  store.close()
})
