import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { codeOf, isBalanced } from '../support/facts.js'
import { eachWay, layoutOf, readBy } from '../support/layouts.js'
import { csv, run, succeed, tempFolder, write } from '../support/program.js'
import { property } from '../support/property.js'

const SKIP = `skip:
  - { column: STT, is: [Cộng Hoà, Luỹ kế], reason: subtotal }
  - { column: 1, matches: '^[IVX]+\\.?$', reason: group number }
  - { column: Ghi chú, is: [x, X] }
  - { column: Mã, is_empty: true, reason: no code }
  - { only: 1, reason: "heading's" }
`
const ROWS = [
  ['STT', 'Mã', 'Nơi', 'Ghi chú'],
  ['1', codeOf(1), 'Sở Y tế', ''],
  ['CỘNG HÒA', codeOf(9), 'Sở Y tế', ''],
  ['lũy  kế\u200b', codeOf(9), '', ''],
  ['IV.', codeOf(9), '', ''],
  ['2', codeOf(9), '', 'x'],
  ['4', '\u00a0', 'Sở Y tế', ''],
  ['Lĩnh vực đất đai', '', '', ''],
  ['XIX a', codeOf(2), 'Sở Tư pháp', 'xx'],
]

describe('rows that a layout says are no records are skipped, each by the first rule that holds, with its reason', () => {
  test('of dossiers', async () => {
    const layout = `kind: dossiers\nheader: [Mã]\ncolumns: { code: Mã, unit_name: Nơi }\n${SKIP}`
    for (const { facts, skipped, result } of Object.values(await eachWay(layout, ROWS, 'SELECT code FROM dossier ORDER BY code'))) {
      expect(facts).toEqual([{ code: codeOf(1) }, { code: codeOf(2) }])
      expect(skipped).toEqual({ subtotal: 2, 'group number': 1, 'skipped by layout': 1, 'no code': 2 })
      expect(result.counts).toEqual({ read: 8, loaded: 2, unchanged: 0, superseded: 0, rejected: 0, skipped: 6 })
    }
  })

  test('of units', async () => {
    const layout = `kind: units\nheader: [Mã]\ncolumns: { code: Mã, name: Nơi }\nconstants: { type: Sở }\n${SKIP}`
    for (const { facts, skipped, result } of Object.values(await eachWay(layout, ROWS, 'SELECT name FROM unit ORDER BY code'))) {
      expect(facts).toEqual([{ name: 'Sở Y tế' }, { name: 'Sở Tư pháp' }])
      expect(skipped).toEqual({ subtotal: 2, 'group number': 1, 'skipped by layout': 1, 'no code': 2 })
      expect(result.counts).toEqual({ read: 8, loaded: 2, unchanged: 0, superseded: 0, rejected: 0, skipped: 6 })
    }
  })
})

describe('a row in which one column alone is filled', () => {
  const layout = (column: string): string =>
    `kind: dossiers\nheader: [Mã]\ncolumns: { code: Mã }\nskip: [{ only: ${column}, reason: heading }]`
  test('is skipped, but not where that column is empty too, or another says something', async () => {
    const rows = [
      ['Mã', 'Nơi', 'Chủ hồ sơ'],
      ['Đất đai', '', ''],
      ['Hộ tịch', '\u200b', '\u00a0 '],
      [codeOf(1), '', 'Người Một'],
      ['', '', ''],
    ]
    const ways = await eachWay(layout('1'), rows, 'SELECT code FROM dossier')
    for (const { facts, skipped } of Object.values(ways)) {
      expect(facts).toEqual([{ code: codeOf(1) }])
      expect(skipped).toMatchObject({ heading: 2 })
    }
    expect(ways.bulk.skipped).toEqual({ heading: 2, 'empty row': 1 })
    expect(ways.careful.skipped).toEqual(ways.bulk.skipped)
  })

  test('may be shorter than the header', async () => {
    const file = write(tempFolder(), 'a.csv', `Mã,Nơi,Ghi chú\nĐất đai\n${codeOf(1)},Sở Y tế,\n${codeOf(2)},Sở Y tế\n`)
    const { facts, skipped, rejected } = await readBy(await layoutOf(layout('Mã')), file, 'SELECT code FROM dossier')
    expect([facts, skipped, rejected]).toEqual([[{ code: codeOf(1) }], { heading: 1 }, [[4, null, 'row_too_short']]])
  })
})

test('a cell that begins as the mark of a skipped row is rejected as any other', async () => {
  const layout = 'kind: dossiers\nheader: [Mã]\ncolumns: { code: Mã, received_at: Ngày }'
  const rows = [['Mã', 'Ngày'], [codeOf(1), ''], [codeOf(2), 'skip:x']] // prettier-ignore
  for (const { rejected, result } of Object.values(await eachWay(layout, rows))) {
    expect(rejected).toEqual([[3, 'received_at', 'invalid_date']])
    expect(result.counts).toMatchObject({ loaded: 1, rejected: 1, skipped: 0 })
  }
})

test('a rule may have the name of a reason that the program has', async () => {
  const layout = `kind: dossiers\nheader: [Mã]\ncolumns: { code: Mã, field: Ghi chú }\nskip: [{ column: Mã, is: [Bỏ], reason: blank line }, { column: Mã, is: [Thôi], reason: empty row }]`
  const text = `Mã,Ghi chú\nBỏ,\n\n${codeOf(1)},\nThôi,x\n,\n`
  for (const careful of [false, true]) {
    const { skipped, result } = await readBy(await layoutOf(layout), write(tempFolder(), 'a.csv', text), undefined, { careful })
    expect([skipped, isBalanced(result.counts)]).toEqual([{ 'blank line': 2, 'empty row': 2 }, true])
  }
})

test('a file of nothing else has no rows', async () => {
  const layout = `kind: dossiers\nheader: [Mã]\ncolumns: { code: Mã }\nskip: [{ column: Mã, matches: "A" }]`
  for (const { result } of Object.values(await eachWay(layout, [['Mã'], ['A1'], ['A2']]))) expect(result.error?.code).toBe('no_rows')
})

test('a column that the file has not is an error', async () => {
  const layout = await layoutOf(`kind: dossiers\nheader: [Mã]\ncolumns: { code: Mã }\nskip: [{ column: STT, is_empty: true }]`)
  const { result } = await readBy(layout, write(tempFolder(), 'a.csv', 'Mã\nA1\n'))
  expect(result.error).toMatchObject({ code: 'unknown_kind', message: expect.stringContaining('skips rows by the column "STT"') })
})

const CELLS = ['', 'Cộng hòa', 'CỘNG HOÀ', ' cộng  hoà\u200b', 'I', 'IV.', 'x', 'X ', 'xX', '\u00a0', 'Ðất', 'Đất', '\u2028', codeOf(1)]
test('both roads skip the same rows', async () => {
  const rule = fc.oneof(
    fc.record({ column: fc.constantFrom(1, 2, 3), is: fc.constantFrom(['Cộng hoà'], ['x', 'i'], ['Đất']) }),
    fc.record({ column: fc.constantFrom(1, 2, 3), matches: fc.constantFrom('^[IVX]+\\.?$', '\\s', '^$', 'Đ|Ð', '.', '1^', '^\\P{L}') }),
    fc.record({ column: fc.constantFrom(1, 2, 3), is_empty: fc.constant(true) }),
    fc.record({ only: fc.constantFrom(1, 2, 3) }),
  )
  const rules = fc.array(rule, { minLength: 1, maxLength: 3 }).map((all) => all.map((one, i) => ({ ...one, reason: `rule ${i}` })))
  const rows = fc.array(fc.tuple(...Array.from({ length: 3 }, () => fc.constantFrom(...CELLS))), { minLength: 30, maxLength: 40 })
  let skippedSome = 0
  await fc.assert(
    fc.asyncProperty(rules, rows, async (skip, cells) => {
      const layout = await layoutOf(`kind: dossiers\nheader: [Mã]\ncolumns: { code: Mã, field: Hai }\nskip: ${JSON.stringify(skip)}`)
      const file = write(tempFolder(), 'a.csv', csv([['Mã', 'Hai', 'Ba'], ...cells, ['B1', 'B', 'B']]))
      const [bulk, careful] = await Promise.all([false, true].map((isCareful) => readBy(layout, file, undefined, { careful: isCareful })))
      expect(bulk!.skipped).toEqual(careful!.skipped)
      expect(bulk).toEqual(careful)
      skippedSome += Object.keys(bulk!.skipped).filter((reason) => reason.startsWith('rule')).length
    }),
    property(6),
  )
  expect(skippedSome).toBeGreaterThan(8)
}, 120_000)

test('inspect says how many rows a layout skips, and shows the others', async () => {
  const cwd = tempFolder()
  write(cwd, 'own.yaml', `id: own\nkind: dossiers\nheader: [Mã]\ncolumns: { code: { position: 2 }, unit_name: Nơi }\n${SKIP}`)
  write(cwd, 'a.csv', csv([ROWS[0]!, ...ROWS.slice(2)]))
  const text = await succeed(['inspect', '--layout', 'own.yaml', '--lang', 'en', 'a.csv'], { cwd })
  expect(text).toContain('rows skipped: no code (2), subtotal (2), group number (1), skipped by layout (1)')
  expect(text).toContain(`Mã → code   ${codeOf(2)}`)
  const json = JSON.parse(await succeed(['inspect', '--layout', 'own.yaml', '--format', 'json', 'a.csv'], { cwd })) as { files: unknown[] }
  expect(json.files).toMatchObject([{ skipped: { rows: 7, reasons: { subtotal: 2, 'no code': 2 } } }])
})

test('rejected rows come back where the layout looks for them: under the row of the header, in their places', async () => {
  const cwd = tempFolder()
  const layout = 'kind: dossiers\nheader_row: 3\ncolumns: { code: { position: 3 }, received_at: { position: 4, date_format: dd/MM/yyyy } }'
  write(cwd, 'cchc.yaml', 'lang: en\n')
  write(cwd, 'own.yaml', `id: own\n${layout}`)
  const rows = [['Danh sách'], ['Tháng 5'], ['STT', ' Chủ hồ sơ ', 'Mã', 'Ngày'], ['1', 'Người Một', codeOf(1), '31/02/2024'], ['2', 'Người Hai', codeOf(2), '03/05/2024']] // prettier-ignore
  write(cwd, 'a.csv', csv(rows))
  const { mkdirSync } = await import('node:fs')
  mkdirSync(join(cwd, 'definitions', 'layouts'), { recursive: true })
  write(join(cwd, 'definitions', 'layouts'), 'own.yaml', `id: own\n${layout}`)
  await succeed(['ingest', '--layout', 'own', '--max-rejects', '100%', 'a.csv'], { cwd })
  const { stderr } = await run(['loads', '--rejected', '1', '--mend', 'mend.csv'], { cwd })
  expect(stderr).toContain('1 rejected row in mend.csv')
  const mend = readFileSync(join(cwd, 'mend.csv'), 'utf8')
  expect(mend).not.toContain('Người')
  write(cwd, 'mend.csv', mend.replace('31/02', '29/02'))
  expect(await succeed(['ingest', '--layout', 'own', 'mend.csv'], { cwd })).toMatch(/1 read {2}1 loaded/)
})
