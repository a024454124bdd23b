import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import type { Value } from '../../src/store/store.js'
import { codeOf, isBalanced, loadInto } from '../support/facts.js'
import { csv, tempFolder, write } from '../support/program.js'

/** The four exports that one-stop systems give of the same dossiers, none of which says everything. */
const EXPORTS = {
  department: [
    'Số hồ sơ',
    'Tên thủ tục hành chính',
    'Tên lĩnh vực',
    'Phòng ban',
    'Ngày tiếp nhận',
    'Ngày hẹn trả',
    'Ngày kết thúc xử lý',
    'Cơ quan/đơn vị',
    'Chủ hồ sơ',
    'Số điện thoại',
    'Cán bộ xử lý hiện tại',
    'Trạng thái hồ sơ',
  ],
  reception: [
    'STT',
    'Đơn vị tiếp nhận',
    'Lĩnh vực',
    'Tên thủ tục hành chính',
    'Mã hồ sơ',
    'Trạng thái',
    'Địa chỉ',
    'Chủ hồ sơ',
    'Ngày nhận',
    'Ngày hẹn trả',
    'Ngày kết thúc xử lý',
    'Đơn vị/cá nhân giải quyết',
  ],
  payment: ['Mã hồ sơ', 'Phí', 'Hình thức thanh toán', 'Ngày thanh toán'],
  digitisation: ['Mã hồ sơ', 'Số hoá thành phần hồ sơ', 'Số hoá kết quả'],
}
type Name = keyof typeof EXPORTS
const NAMES = Object.keys(EXPORTS) as Name[]
const ORDERS: Name[][] = permutations(NAMES)

function permutations<T>(all: readonly T[]): T[][] {
  if (all.length === 0) return [[]]
  return all.flatMap((one, i) => permutations(all.toSpliced(i, 1)).map((rest) => [one, ...rest]))
}

const pick = <T>(choices: readonly T[], i: number): T => choices[i % choices.length]!
const twoDigits = (n: number): string => String(n).padStart(2, '0')

/** What a dossier's cell says under a header; `version` 0 is what all exports agree on. */
function cell(serial: number, header: string, version: number): string {
  const isDone = serial % 3 !== 0
  const day = (days: number): string => `${twoDigits(((serial + version + days) % 28) + 1)}/05/2024 08:00:00`
  switch (header) {
    case 'Số hồ sơ':
    case 'Mã hồ sơ':
      return codeOf(serial)
    case 'Tên thủ tục hành chính':
      return pick(['Cấp giấy phép xây dựng', 'Đăng ký khai sinh'], serial + version)
    case 'Tên lĩnh vực':
    case 'Lĩnh vực':
      return pick(['Xây dựng', 'Hộ tịch'], serial + version)
    case 'Ngày tiếp nhận':
    case 'Ngày nhận':
      return '01/05/2024 08:00:00'
    case 'Ngày hẹn trả':
      return day(3)
    case 'Ngày kết thúc xử lý':
      return isDone ? day(1) : ''
    case 'Cơ quan/đơn vị':
    case 'Đơn vị tiếp nhận':
      return pick(['Sở Tư pháp', 'Sở Y tế', 'UBND xã Đất Mũi'], serial + version)
    case 'Trạng thái hồ sơ':
    case 'Trạng thái':
      return isDone ? pick(['Đã trả kết quả', 'Đã có kết quả'], serial + version) : 'Đang xử lý'
    case 'Phí':
      return pick(['', '0', '120.000'], serial + version)
    case 'Hình thức thanh toán':
      return pick(['', 'Trực tuyến', 'Tiền mặt'], serial + version)
    case 'Ngày thanh toán':
      return serial % 2 ? day(0) : ''
    case 'Số hoá thành phần hồ sơ':
    case 'Số hoá kết quả':
      return pick(['Có', 'Không', '', 'x'], serial + version + header.length)
    default:
      return 'Nguyễn Văn Một'
  }
}

/** Every dossier is in some exports; each has its own choice and order of them. */
const serialsOf = (name: Name): number[] => {
  const at = NAMES.indexOf(name)
  const all = Array.from({ length: 24 }, (_, i) => i + 1).filter((serial) => (serial % 16) & (1 << at) || serial % 16 === 0)
  return at % 2 ? all.toReversed() : all
}

/** What is known after loading the files in an order: beginnings that orders share are loaded once. */
function loader(fileOf: (name: Name) => string): (order: readonly Name[]) => Promise<Record<string, Value>[]> {
  const folder = tempFolder()
  const known = new Map<string, Record<string, Value>[]>()
  const storeOf = (order: readonly Name[]): string => join(folder, `${order.join('-')}.duckdb`)
  const load = async (order: readonly Name[]): Promise<Record<string, Value>[]> => {
    const before = known.get(storeOf(order))
    if (before) return before
    if (order.length > 1) {
      await load(order.slice(0, -1))
      copyFileSync(storeOf(order.slice(0, -1)), storeOf(order))
    }
    const { results, dossiers } = await loadInto(storeOf(order), [fileOf(order.at(-1)!)])
    for (const { error, counts } of results) expect([error, counts.rejected, isBalanced(counts)]).toEqual([null, 0, true])
    known.set(storeOf(order), dossiers)
    return dossiers
  }
  return load
}

describe('the list, payment and digitisation exports of the same dossiers', () => {
  test('give the same facts in every order', async () => {
    const folder = tempFolder()
    const files = new Map(
      NAMES.map((name) => {
        const rows = serialsOf(name).map((serial) => EXPORTS[name].map((header) => cell(serial, header, 0)))
        return [name, write(folder, `${name}.csv`, csv([EXPORTS[name], ...rows]))]
      }),
    )
    const known = loader((name) => files.get(name)!)
    const expected = await known(NAMES)
    expect(expected).toHaveLength(24)
    expect(expected.find(({ code }) => code === codeOf(16))).toMatchObject({
      unit_name: 'Sở Y tế',
      status: 'returned',
      resolved_at: '2024-05-18 08:00:00',
      fee: 0,
      payment: 'online',
      is_intake_digitised: true,
      is_result_digitised: false,
    })
    expect(expected.find(({ code }) => code === codeOf(4))).toMatchObject({ unit_name: null, fee: 0, is_result_digitised: null })
    for (const order of ORDERS) expect(await known(order), order.join(', ')).toEqual(expected)
  }, 120_000)

  test('give the same facts in every order even where they disagree, if each row says when it was updated', async () => {
    const folder = tempFolder()
    const files = new Map(
      NAMES.map((name, i) => {
        const header = [...EXPORTS[name], 'Cập nhật lần cuối']
        const rows = serialsOf(name).map((serial) => {
          const turn = (serial + i) % NAMES.length
          return header.map((one) => (one === header.at(-1) ? `02/06/2024 08:0${turn}:00` : cell(serial, one, turn)))
        })
        return [name, write(folder, `${name}.csv`, csv([header, ...rows]))]
      }),
    )
    const known = loader((name) => files.get(name)!)
    const expected = await known(NAMES)
    const some = ORDERS.filter((_, at) => at % 8 === 1)
    for (const order of some) expect(await known(order), order.join(', ')).toEqual(expected)
    expect(expected.map(({ updated_at }) => updated_at)).not.toContain(null)
  }, 120_000)
})
