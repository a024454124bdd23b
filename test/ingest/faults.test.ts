import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { ingestFiles } from '../../src/ingest/ingest.js'
import { Store, type Value } from '../../src/store/store.js'
import { definitions, isBalanced, LOAD } from '../support/facts.js'
import { csv, tempFolder, write } from '../support/program.js'
import { property } from '../support/property.js'

const ROWS = 1000
const HEADER =
  'STT,Mã hồ sơ,Cơ quan thực hiện,Cấp,Hình thức nộp,Ngày tiếp nhận,Ngày hẹn trả,Ngày có kết quả,Trạng thái,Lệ phí,Số hoá kết quả,Ghi chú'.split(
    ',',
  )

/** What is done to the cells of a row, and how the row is then rejected: at which column, with which text. */
interface Fault {
  damage: (cells: string[]) => string[]
  reject: { column_id: string | null; text: string | null; reason: string }
}

const inCell = (header: string, text: string, column_id: string, reason: string, shown: string | null = text): Fault => ({
  damage: (cells) => cells.with(HEADER.indexOf(header), text),
  reject: { column_id, text: shown, reason },
})
/** A byte that no UTF-8 text has, until the file is written. */
const BAD_BYTE = '\u0001'

const OF_VALUES: readonly Fault[] = [
  inCell('Ngày hẹn trả', '31/02/2024', 'due_at', 'invalid_date'),
  inCell('Ngày tiếp nhận', 'hôm qua', 'received_at', 'invalid_date'),
  inCell('Lệ phí', 'mười nghìn', 'fee', 'invalid_number'),
  inCell('Hình thức nộp', 'skip:bồ câu', 'channel', 'unknown_value'),
  inCell('Cấp', 'Cấp vũ trụ', 'level', 'unknown_value'),
  inCell('Trạng thái', 'Đã "bay", mất', 'status', 'unknown_value'),
  inCell('Số hoá kết quả', 'có\nlẽ', 'is_result_digitised', 'unknown_value'),
  inCell('Ngày có kết quả', '30/04/2024', 'resolved_at', 'result_before_receipt'),
  inCell('Mã hồ sơ', '', 'code', 'missing_code'),
  inCell('Mã hồ sơ', 'x'.repeat(300), 'code', 'cell_too_long', 'x'.repeat(200)),
]
const OF_FORM: readonly Fault[] = [
  { damage: (cells) => [...cells, 'thừa'], reject: { column_id: null, text: '13 of 12 columns', reason: 'row_too_long' } },
  { damage: (cells) => cells.slice(0, 4), reject: { column_id: null, text: '4 of 12 columns', reason: 'row_too_short' } },
  inCell('Cơ quan thực hiện', 'Sở\0 Tư pháp', 'unit_name', 'nul_byte', null),
  inCell('Cơ quan thực hiện', `Sở ${BAD_BYTE}Tư pháp`, 'unit_name', 'invalid_utf8', 'Sở \ufffdTư pháp'),
]

const pick = <T>(values: readonly T[], serial: number): T => values[serial % values.length]!
const twoDigits = (n: number): string => String(n).padStart(2, '0')

const LEVELS: [string, Value][] = [
  ['Cấp tỉnh', 'province'],
  ['cấp  xã', 'commune'],
  ['', null],
]
const CHANNELS: [string, Value][] = [
  ['Trực tuyến', 'online'],
  ['TRỰC TIẾP', 'in_person'],
]
const STATUSES: [string, Value][] = [
  ['Đã trả kết quả', 'returned'],
  ['9', 'resolved'],
]
const FLAGS: [string, Value][] = [
  ['Có', true],
  ['', false],
]

/** The cells of a good row and the dossier they say; every so often a cell of several lines. */
function goodRow(run: number, serial: number, breakEvery: number, newline: string): { cells: string[]; fact: Record<string, Value> } {
  const code = `000.00.01.H99-${run}-${String(serial).padStart(4, '0')}`
  const day = twoDigits(1 + (serial % 20))
  const unit = serial % breakEvery === 0 ? `Sở${newline}"Tư", pháp` : pick(['Sở Y tế', 'UBND xã Đất Mũi', 'Sở Nội vụ, Cà Mau'], serial)
  const [levelText, level] = pick(LEVELS, serial)
  const [channelText, channel] = pick(CHANNELS, serial)
  const [statusText, status] = pick(STATUSES, serial)
  const [flag, digitised] = pick(FLAGS, serial)
  const note = serial % breakEvery === 1 ? `ghi chú${newline}${newline}` : ''
  const times = [`${day}/05/2024 08:00:00`, `${day}/06/2024`, `${day}/05/2024 15:30`]
  return {
    cells: [String(serial), code, unit, levelText, channelText, ...times, statusText, `${1 + (serial % 900)}.000`, flag, note],
    fact: {
      code,
      unit_name: unit,
      level,
      channel,
      received_at: `2024-05-${day} 08:00:00`,
      due_at: `2024-06-${day} 00:00:00`,
      resolved_at: `2024-05-${day} 15:30:00`,
      status,
      fee: (1 + (serial % 900)) * 1000,
      is_result_digitised: digitised,
    },
  }
}

const damagedExport = fc.record({
  faults: fc.boolean().chain((isBroken) =>
    fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: ROWS }), fc.constantFrom(...OF_VALUES, ...(isBroken ? OF_FORM : []))), {
      selector: ([serial]) => serial,
      minLength: 1,
      maxLength: 300,
      size: 'max',
    }),
  ),
  breakEvery: fc.integer({ min: 2, max: 1500 }),
  newline: fc.constantFrom('\n', '\r\n'),
  separator: fc.constantFrom(',', ';', '\t'),
})

const stores: Store[] = []
const folder = tempFolder()
beforeAll(async () => {
  for (const road of ['bulk', 'careful']) stores.push(await Store.open(join(folder, `${road}.duckdb`)))
})
afterAll(() => stores.forEach((store) => store.close()))

test('of a thousand rows each damaged one is rejected where and for what it is, and each other one loaded', async () => {
  let run = 0
  await fc.assert(
    fc.asyncProperty(damagedExport, async ({ faults, breakEvery, newline, separator }) => {
      run++
      const faultOf = new Map(faults)
      const facts: Record<string, Value>[] = []
      const rejected: Record<string, Value>[] = []
      let text = csv([HEADER], { separator, newline })
      let line = 2
      for (let serial = 1; serial <= ROWS; serial++) {
        const { cells, fact } = goodRow(run, serial, breakEvery, newline)
        const fault = faultOf.get(serial)
        const row = csv([fault?.damage(cells) ?? cells], { separator, newline })
        if (fault) rejected.push({ line, ...fault.reject })
        else facts.push(fact)
        text += row
        line += row.split('\n').length - 1
      }
      const bytes = Buffer.from(text).map((byte) => (byte === BAD_BYTE.charCodeAt(0) ? 0xff : byte))
      const file = write(folder, 'export.csv', Buffer.from(bytes))

      for (const [at, store] of stores.entries()) {
        const options = { ...LOAD, careful: at === 1, encoding: 'utf-8' as const }
        const [result] = await ingestFiles(store, [file], await definitions(), options)
        expect(result!.error).toBeNull()
        expect(result!.counts).toEqual({
          read: ROWS,
          loaded: facts.length,
          unchanged: 0,
          superseded: 0,
          rejected: rejected.length,
          skipped: 0,
        })
        expect(isBalanced(result!.counts)).toBe(true)
        const here = `load_id = ${result!.loadId}`
        expect(await store.rows(`SELECT line, column_id, text, reason FROM rejected_row WHERE ${here} ORDER BY line`)).toEqual(rejected)
        expect(await store.rows(`SELECT ${Object.keys(facts[0]!).join(', ')} FROM dossier WHERE ${here} ORDER BY code`)).toEqual(facts)
        const ledger = 'SELECT read, loaded, unchanged, superseded, rejected, skipped FROM load'
        expect(await store.rows(`${ledger} WHERE ${here}`)).toEqual([result!.counts])
      }
    }),
    property(8),
  )
}, 300_000)
