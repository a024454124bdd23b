import { describe, expect, test } from 'vitest'

import { codeOf } from '../support/facts.js'
import { eachWay, layoutOf, readBy } from '../support/layouts.js'
import { csv, tempFolder, write } from '../support/program.js'
import { workbook } from '../support/workbook.js'

const FACTS = (columns: string): string => `SELECT ${columns} FROM dossier ORDER BY code`
const ANSWERS = 'SELECT form, answered_at, unit_name, score FROM survey_answer ORDER BY form'

describe('a column of a layout is', () => {
  test('any of several headers, the first that the file has', async () => {
    const layout = `kind: dossiers\nheader: [Mã]\ncolumns: { code: Mã, received_at: [Ngày nhận, Ngày tiếp nhận] }`
    for (const [header, day] of [
      [['Mã', 'Ngày tiếp nhận', 'Khác'], '2024-05-03 00:00:00'],
      [['Mã', 'NGÀY NHẬN', 'Khác'], '2024-05-03 00:00:00'],
      [['Mã', 'Ngày tiếp nhận', 'Ngày nhận'], '2024-05-04 00:00:00'],
    ] as const) {
      const rows = [[...header], [codeOf(1), '03/05/2024', '04/05/2024']]
      for (const { facts } of Object.values(await eachWay(layout, rows, FACTS('received_at'))))
        expect(facts).toEqual([{ received_at: day }])
    }
    const refused = await eachWay(layout, [
      ['Mã', 'Ngày'],
      ['A1', ''],
    ])
    expect(refused.bulk.result.error).toMatchObject({
      code: 'unknown_kind',
      message: expect.stringContaining('"Ngày nhận" or "Ngày tiếp nhận"'),
      place: { line: 1 },
    })
  })

  test('the one at a place, whatever stands above it, also beyond the header', async () => {
    const layout = `kind: dossiers\nheader: [Mã]\ncolumns: { code: { position: 2 }, unit_name: { position: 3 }, field: { position: 4 } }`
    const rows = [
      ['STT', 'Mã', 'Mã'],
      [1, codeOf(1), 'Sở Y tế', 'Đất đai'],
      [2, codeOf(2), 'Sở Tư pháp', ''],
    ]
    const ways = await eachWay(layout, rows, FACTS('code, unit_name, field'))
    for (const { facts, rejected } of Object.values(ways)) {
      expect(rejected).toEqual([])
      expect(facts).toMatchObject([{ code: codeOf(1), unit_name: 'Sở Y tế', field: 'Đất đai' }, { unit_name: 'Sở Tư pháp' }])
    }
    const beyond = await eachWay(layout.replace('position: 4', 'position: 5'), rows)
    for (const { result } of Object.values(beyond))
      expect(result.error).toMatchObject({ code: 'unknown_kind', message: expect.stringContaining('column 5'), hint: 'it has 4 columns' })
  })

  test('absent where it may be, and then nothing is said of it', async () => {
    const layout = `kind: dossiers\nheader: [Mã]\ncolumns: { code: Mã, fee: { header: Phí, is_optional: true }, field: { position: 9, is_optional: true } }`
    const without = await eachWay(layout, [['Mã'], [codeOf(1)]], `SELECT columns FROM load`)
    const having = await eachWay(layout, [['Mã', 'Phí'], [codeOf(1), '5.000']], FACTS('fee')) // prettier-ignore
    for (const { facts } of Object.values(without)) expect(facts).toEqual([{ columns: ['code'] }])
    for (const { facts } of Object.values(having)) expect(facts).toEqual([{ fee: 5000 }])
    const units = `kind: units\nheader: [Tên]\ncolumns: { name: Tên, type: Loại, code: { header: Mã, is_optional: true } }`
    const read = await eachWay(units, [['Tên', 'Loại'], ['Sở Y tế', 'Sở']], 'SELECT name FROM unit') // prettier-ignore
    for (const { facts } of Object.values(read)) expect(facts).toEqual([{ name: 'Sở Y tế' }])
  })
})

describe('a cell of a layout is', () => {
  test('a date in the format that is said, and in no other', async () => {
    const rows = (code: string): string[][] => [
      [code, 'Ngày', 'Đơn vị', 'Điểm'],
      [codeOf(1), '05/03/2024 08:30', 'Sở Y tế', '5'],
      [codeOf(2), '13/02/2025 08:30', 'Sở Y tế', '5'],
      [codeOf(3), '05/03/2024', 'Sở Y tế', '5'],
      [codeOf(4), '\u00a002/13/2025 08:30', 'Sở Y tế', '5'],
      [codeOf(5), '20240503083000', 'Sở Y tế', '5'],
    ]
    const date = 'header: Ngày, date_format: "MM/dd/yyyy HH:mm"'
    const dossiers = `kind: dossiers\nheader: [Mã]\ncolumns: { code: Mã, received_at: { ${date} } }`
    for (const { facts, rejected } of Object.values(await eachWay(dossiers, rows('Mã'), FACTS('received_at')))) {
      expect(facts).toEqual([{ received_at: '2024-05-03 08:30:00' }, { received_at: '2025-02-13 08:30:00' }])
      expect(rejected).toEqual([3, 4, 6].map((line) => [line, 'received_at', 'invalid_date']))
    }
    const survey = `kind: survey\nheader: [Phiếu]\ncolumns: { form: Phiếu, answered_at: { ${date} }, score: Điểm }`
    for (const { facts, rejected } of Object.values(await eachWay(survey, rows('Phiếu'), ANSWERS))) {
      expect(facts).toMatchObject([{ answered_at: '2024-05-03 08:30:00' }, { answered_at: '2025-02-13 08:30:00' }])
      expect(rejected).toEqual([3, 4, 6].map((line) => [line, 'answered_at', 'invalid_date']))
    }
  })

  test('a date where a workbook has one, whatever its format', async () => {
    const rows = [
      ['Mã', 'Ngày'],
      [codeOf(1), 45_415.5],
      [codeOf(2), '05/03/2024'],
      [codeOf(3), '45415'],
    ]
    for (const [kind, more, query] of [
      ['dossiers', '', 'SELECT received_at AS at FROM dossier ORDER BY code'],
      ['survey', ', score: { position: 1, extract: "(1)" }', 'SELECT answered_at AS at FROM survey_answer ORDER BY form'],
    ] as const) {
      const [code, date] = kind === 'dossiers' ? ['code', 'received_at'] : ['form', 'answered_at']
      const layout = `kind: ${kind}\nheader: [Mã]\ncolumns: { ${code}: Mã, ${date}: { header: Ngày, date_format: MM/dd/yyyy }${more} }`
      const { sheet } = await eachWay(layout, rows.map((row) => [...row]), query) // prettier-ignore
      expect(sheet.facts, kind).toMatchObject([{ at: '2024-05-03 12:00:00' }, { at: '2024-05-03 00:00:00' }])
      expect(sheet.rejected, kind).toEqual([[4, date, 'invalid_date']])
    }
  })

  test('money in thousands or millions, as long as it is whole đồng', async () => {
    const cells = ['1,5', '120', '1.200', '0,001', '1.234,5', 'Miễn', '', '0,0005', '1.5', '12,34567', 'x', '-']
    const rows = [['Mã', 'Phí'], ...cells.map((cell, i) => [codeOf(i + 1), cell])]
    const layout = `kind: dossiers\nheader: [Mã]\ncolumns: { code: Mã, fee: { header: Phí, unit: 1000 } }`
    const ways = await eachWay(layout, rows, FACTS('fee'))
    const fees = [1500, 120_000, 1_200_000, 1, 1_234_500, 0, null, 0].map((fee) => ({ fee }))
    for (const { facts, rejected } of [ways.bulk, ways.careful]) {
      expect(facts).toEqual(fees)
      expect(rejected).toEqual([9, 10, 11, 12].map((line) => [line, 'fee', 'invalid_number']))
    }
    const numbers = [['Mã', 'Phí'], [codeOf(1), 1.5], [codeOf(2), 1.125], [codeOf(3), 1250], [codeOf(4), '1.250'], [codeOf(5), 0.1 + 0.2]] // prettier-ignore
    const millions = await eachWay(layout.replace('unit: 1000', 'unit: 1000000'), numbers, FACTS('fee'))
    expect(millions.sheet.facts).toEqual([1_500_000, 1_125_000, 1_250_000_000, 1_250_000_000].map((fee) => ({ fee })))
    expect(millions.sheet.rejected).toEqual([[6, 'fee', 'invalid_number']])
  })

  test('what an expression keeps of it, or rejected where it does not match', async () => {
    const places = ['Thành phố Hà Nội (01)', 'Tỉnh Cà Mau\u00a0(96) ', '', 'Hải Phòng', '()', 'Huế (046)']
    const dossiers = `kind: dossiers\nheader: [Mã]\ncolumns: { code: { header: Mã, extract: '^Số: (\\S+)' }, unit_code: { header: Nơi, extract: '\\((\\d+)\\)' }, unit_name: Nơi }`
    const rows = [['Mã', 'Nơi'], ...places.map((place, i) => [`Số: ${codeOf(i + 1)}`, place]), ['', ''], ['7', '(7)']]
    const ways = await eachWay(dossiers, rows, FACTS('code, unit_code'))
    for (const { facts, rejected } of Object.values(ways)) {
      expect(facts).toEqual([
        { code: codeOf(1), unit_code: '01' },
        { code: codeOf(2), unit_code: '96' },
        { code: codeOf(3), unit_code: null },
        { code: codeOf(6), unit_code: '046' },
      ])
      expect(rejected).toEqual([
        [5, 'unit_code', 'no_match'],
        [6, 'unit_code', 'no_match'],
        [9, 'code', 'no_match'],
      ])
    }
    for (const { result } of [ways.bulk, ways.careful]) expect(result.counts).toMatchObject({ read: 8, loaded: 4, rejected: 3, skipped: 1 })
    const units = `kind: units\nheader: [Nơi]\ncolumns: { code: { header: Nơi, extract: '\\((\\d+)\\)' }, name: Nơi }\nconstants: { type: Tỉnh, level: province }`
    for (const { facts, rejected } of Object.values(
      await eachWay(units, [['Nơi'], ['Hà Nội (01)'], ['Huế']], 'SELECT code, name FROM unit'),
    )) {
      expect(facts).toEqual([{ code: '01', name: 'Hà Nội (01)' }])
      expect(rejected).toEqual([[3, 'code', 'no_match']])
    }
  })

  test('a total, a signature or the header again also where a part of it is the code', async () => {
    const layout = `kind: dossiers\nheader: [Mã]\ncolumns: { code: { header: Mã, extract: '(\\d{6}-\\d+)' }, unit_name: Nơi }`
    const rows = [['STT', 'Mã', 'Nơi'], ['1', codeOf(1), 'Sở Y tế'], ['', 'Mã', 'Nơi'], ['', 'Tổng cộng', ''], ['x', 'Hồ sơ khác', ''], ['', 'Người lập biểu', ''], ['', '', 'Trần Văn A']] // prettier-ignore
    const ways = await eachWay(layout, rows, FACTS('code'))
    for (const { facts, rejected, skipped } of Object.values(ways)) {
      expect(facts).toEqual([{ code: '240503-0001' }])
      expect(rejected).toEqual([[5, 'code', 'no_match']])
      expect(skipped).toEqual({ 'header again': 1, 'total row': 1, 'signature row': 2 })
    }
  })

  test('extracted first and then a date, a choice or money', async () => {
    const layout = `kind: dossiers
header: [Mã]
columns:
  code: Mã
  received_at: { header: Ghi chú, extract: 'nhận (\\S+)', date_format: d.M.yy }
  channel: { header: Ghi chú, extract: 'qua (\\p{L}+)' }
  fee: { header: Ghi chú, extract: 'thu ([\\d.,]+)', unit: 1000 }
values: { channel: { Zalo: online } }`
    const rows = [['Mã', 'Ghi chú'], [codeOf(1), 'nhận 3.5.24 qua Zalo, thu 1,5']] // prettier-ignore
    for (const { facts } of Object.values(await eachWay(layout, rows, FACTS('received_at, channel::VARCHAR AS channel, fee'))))
      expect(facts).toEqual([{ received_at: '2024-05-03 00:00:00', channel: 'online', fee: 1500 }])
  })

  test('not known where it is empty and the layout says that this means nothing', async () => {
    const rows = [
      ['Mã', 'Số hoá', 'Thanh toán', 'Nộp hộ'],
      [codeOf(1), '', '\u00a0', ''],
      [codeOf(2), 'x', 'Tiền mặt', 'x'],
      [codeOf(3), 'Không', '', ''],
    ]
    const layout = `kind: dossiers\nheader: [Mã]\ncolumns: { code: Mã, is_result_digitised: Số hoá, payment: Thanh toán, is_assisted: Nộp hộ }`
    const query = FACTS('is_result_digitised AS d, payment::VARCHAR AS p, is_assisted AS a')
    for (const { facts } of Object.values(await eachWay(`${layout}\nempty_is_unknown: [is_result_digitised, payment]`, rows, query))) {
      expect(facts).toEqual([
        { d: null, p: null, a: false },
        { d: true, p: 'cash', a: true },
        { d: false, p: null, a: false },
      ])
    }
    for (const { facts } of Object.values(await eachWay(layout, rows, query))) expect(facts[0]).toEqual({ d: false, p: 'none', a: false })
    const units = `kind: units\nheader: [Tên]\ncolumns: { name: Tên, type: Loại, is_vertical_sector: Ngành dọc }\nempty_is_unknown: [is_vertical_sector]`
    const registry = [['Tên', 'Loại', 'Ngành dọc'], ['Sở Y tế', 'Sở', ''], ['Công an', 'Sở', 'x']] // prettier-ignore
    for (const { facts } of Object.values(await eachWay(units, registry, 'SELECT is_vertical_sector AS v FROM unit ORDER BY name')))
      expect(facts).toEqual([{ v: true }, { v: null }])
  })

  test('what its layout calls it, also against the vocabulary, in every kind of file', async () => {
    const dossiers = `kind: dossiers\nheader: [Mã]\ncolumns: { code: Mã, is_assisted: Tự nộp }\nvalues: { is_assisted: { Có: "false", Không: "true" } }`
    const rows = [['Mã', 'Tự nộp'], [codeOf(1), 'Có'], [codeOf(2), 'KHÔNG']] // prettier-ignore
    for (const { facts } of Object.values(await eachWay(dossiers, rows, FACTS('is_assisted AS a'))))
      expect(facts).toEqual([{ a: false }, { a: true }])
    const survey = `kind: survey\nheader: [Phiếu]\ncolumns: { form: Phiếu, answered_at: Ngày, unit_name: Nơi, score: Điểm }\nvalues: { score: { "1": "5", "5": "1" }, unit_name: { SYT: Sở Y tế } }`
    const answers = [['Phiếu', 'Ngày', 'Nơi', 'Điểm'], ['P1', '03/05/2024', 'SYT', '1'], ['P2', '03/05/2024', 'Sở Y tế', '5']] // prettier-ignore
    for (const { facts } of Object.values(await eachWay(survey, answers, ANSWERS)))
      expect(facts).toMatchObject([
        { unit_name: 'Sở Y tế', score: 5 },
        { unit_name: 'Sở Y tế', score: 1 },
      ])
  })
})

test('days are counted from 1904 in every kind of file where a layout says so', async () => {
  const rows = [['Mã', 'Ngày', 'Điểm'], [codeOf(1), '43953', '5']] // prettier-ignore
  const dossiers = `kind: dossiers\nheader: [Mã]\ncolumns: { code: Mã, received_at: Ngày }\ndate_system: 1904`
  const survey = `kind: survey\nheader: [Mã]\ncolumns: { form: Mã, answered_at: Ngày, score: Điểm }\ndate_system: 1904`
  for (const [yaml, query] of [
    [dossiers, FACTS('received_at AS at')],
    [survey, 'SELECT answered_at AS at FROM survey_answer'],
  ] as const) {
    for (const { facts } of Object.values(await eachWay(yaml, rows, query))) expect(facts).toEqual([{ at: '2024-05-03 00:00:00' }])
  }
})

test('two columns may be read of one, on both roads', async () => {
  const layout = await layoutOf(`kind: dossiers\nheader: [Mã]\ncolumns: { code: Mã, unit_code: { header: Mã, extract: '^([^-]+)' } }`)
  for (const careful of [false, true]) {
    const { facts } = await readBy(layout, write(tempFolder(), 'a.csv', csv([['Mã'], [codeOf(1)]])), FACTS('unit_code'), { careful })
    expect(facts).toEqual([{ unit_code: '000.00.01.H99' }])
  }
  expect((await readBy(layout, write(tempFolder(), 'a.xlsx', workbook({ name: 'S', rows: [['Mã'], [codeOf(1)]] })))).result.error).toBe(
    null,
  )
})
