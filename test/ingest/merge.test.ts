import fc from 'fast-check'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { codeOf, isBalanced, loadInto, type Loaded } from '../support/facts.js'
import { csv, tempFolder, write } from '../support/program.js'
import { property } from '../support/property.js'

const TEXTS = { unit_name: 'Cơ quan thực hiện', field: 'Lĩnh vực', procedure_name: 'Tên thủ tục hành chính', fee: 'Phí' } as const
const RESULT = { status: 'Trạng thái', resolved_at: 'Ngày có kết quả', returned_at: 'Ngày trả kết quả' } as const
const COLUMNS = { ...TEXTS, ...RESULT }
type Column = keyof typeof COLUMNS
const NAMES = Object.keys(COLUMNS) as Column[]
const UPDATED = 'Cập nhật lần cuối'

interface Row {
  serial: number
  /** Which cells of the texts say something. */
  said: boolean[]
  status: 'processing' | 'resolved' | 'returned' | null
  /** Of June 2024, with an hour or without; null: the cell is empty. */
  resolved_at: string | null
  returned_at: string | null
  /** null: the cell of the update time is empty. */
  updated: string | null
}
interface Export {
  columns: Column[]
  isTimed: boolean
  rows: Row[]
}

const time = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom('00:00:00', '00:00:00', '15:30:00')).map((parts) => moment(...parts))
const moment = (day: number, hour: string): string => `2024-06-0${day} ${hour}`
const row: fc.Arbitrary<Row> = fc.record({
  serial: fc.integer({ min: 1, max: 4 }),
  said: fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }),
  status: fc.constantFrom('processing', 'resolved', 'returned', null),
  resolved_at: fc.option(time, { freq: 1 }),
  returned_at: fc.option(time, { freq: 1 }),
  updated: fc.option(
    fc.integer({ min: 1, max: 4 }).map((day) => moment(day, '08:00:00')),
    { freq: 4 },
  ),
})
const exports: fc.Arbitrary<Export[]> = fc.array(
  fc.record({
    columns: fc.subarray(NAMES.filter((id) => id !== 'fee')).map((ids) => NAMES.filter((id) => id === 'fee' || ids.includes(id))),
    isTimed: fc.boolean(),
    rows: fc.array(row, { minLength: 1, maxLength: 8, size: 'max' }),
  }),
  { minLength: 2, maxLength: 5, size: 'max' },
)

type Said = Partial<Record<Column, string | number | null>>
interface Statement {
  says: Said
  updated: string | null
}

/** What a row says: no two say the same, because of the fee. */
function saysOf({ columns }: Export, row: Row, file: number, line: number): Said {
  const value = (id: Column, i: number): string | number | null => {
    if (id === 'fee') return (file + 1) * 1000 + line
    if (id === 'status' || id === 'resolved_at' || id === 'returned_at') return row[id]
    return row.said[i] ? `${COLUMNS[id]} ${file + 1}.${line}` : null
  }
  return Object.fromEntries(columns.map((id, i) => [id, value(id, i)]))
}

/** The least and the most that a statement says of the result: 0 none, 1 there is one, 2 it was returned. */
function resultOf({ says }: Statement): { least: number; most: number } {
  const has = (id: Column): boolean => id in says
  const ofStatus = says.status === 'returned' ? 2 : says.status === 'resolved' ? 1 : 0
  const least = Math.max(ofStatus, says.resolved_at ? 1 : 0, says.returned_at ? 2 : 0)
  if (least === 2 || !NAMES.some((id) => id in RESULT && has(id))) return { least, most: 2 }
  if (has('status') || (has('resolved_at') && has('returned_at'))) return { least, most: least }
  if (has('returned_at')) return { least, most: 1 }
  return { least, most: least === 1 ? 2 : 0 }
}

/*
 * THE RULE. Of the statements that bring a column, in the order of loading, the newest decides it:
 * 1. One with an update time is as new as that.
 * 2. One without is at least as new as those loaded before it, and as the result it tells of. A result told without an hour came after every
 *    update of that day that has none; one told without a day, after all such updates.
 * 3. Of those equally new the later one is newer, unless it takes back a result that one before it tells of: it is then older than that.
 * 4. A date of the result is never erased by a statement that is only equally new.
 */
function decided(column: Column, all: readonly Statement[]): string | number | null {
  const statements = all.filter(({ says }) => column in says).map((one) => ({ ...one, ...resultOf(one) }))
  const newest = (times: readonly (string | null | undefined)[]): string =>
    times
      .map((one) => one ?? '')
      .toSorted()
      .at(-1) ?? ''
  const tellsFrom = ({ least, says, updated }: (typeof statements)[number]): string => {
    if (updated !== null) return updated
    if (least === 0) return ''
    const without = statements.filter(({ most }) => most < least).map((other) => other.updated ?? '')
    const result = newest([says.resolved_at as string, says.returned_at as string])
    if (result === '') return newest(without)
    if (!result.endsWith('00:00:00')) return result
    return newest([result, ...without.filter((update) => update.slice(0, 10) === result.slice(0, 10))])
  }
  const isDate = column === 'resolved_at' || column === 'returned_at'
  const ranked = statements.map((one, at) => {
    const known = newest(statements.slice(0, at + 1).map(tellsFrom))
    return { ...one, at, since: one.updated ?? known, level: 0 }
  })
  for (const one of ranked) {
    const before = Math.max(0, ...ranked.slice(0, one.at).flatMap((other) => (other.since === one.since ? other.least : [])))
    one.level = one.most < before ? one.most : Math.max(before, one.least)
  }
  const filled = ({ says }: Statement): number => (isDate && says[column] !== null ? 1 : 0)
  const last = ranked.toSorted(
    (a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : 0) || filled(a) - filled(b) || a.level - b.level || a.at - b.at,
  )
  return last.at(-1)?.says[column] ?? null
}

/** Of the rows of one file about a dossier: the latest update, else the one that tells most of the result, else the lower one. */
function ofFile(one: Export, file: number, serial: number): Statement[] {
  const filled = ({ says }: Statement): number => Number(Boolean(says.resolved_at)) + Number(Boolean(says.returned_at))
  return one.rows
    .map((row, line) => ({ serial: row.serial, updated: one.isTimed ? row.updated : null, says: saysOf(one, row, file, line) }))
    .filter((row) => row.serial === serial)
    .sort((a, b) => (a.updated ?? '').localeCompare(b.updated ?? '') || resultOf(a).least - resultOf(b).least || filled(a) - filled(b))
    .slice(-1)
}

function expected(files: readonly Export[]): [string, Said][] {
  return [1, 2, 3, 4].flatMap((serial) => {
    const statements = files.flatMap((one, file) => ofFile(one, file, serial))
    if (statements.length === 0) return []
    return [[codeOf(serial), Object.fromEntries(NAMES.map((id) => [id, decided(id, statements)]))] as [string, Said]]
  })
}

const STATUS = { processing: 'Đang xử lý', resolved: 'Đã có kết quả', returned: 'Đã trả kết quả' }
function cellOf(id: Column, value: string | number | null | undefined): string {
  if (value === null || value === undefined) return ''
  return id === 'status' ? STATUS[value as keyof typeof STATUS] : String(value)
}

let number = 0
const folder = tempFolder()
async function load(all: readonly Export[], numbers = all.map((_, i) => i)): Promise<[string, Said][]> {
  const files = all.map((one, i) => {
    const rows = one.rows.map((row, line) => {
      const says = saysOf(one, row, numbers[i]!, line)
      return [codeOf(row.serial), ...one.columns.map((id) => cellOf(id, says[id])), ...(one.isTimed ? [row.updated ?? ''] : [])]
    })
    const header = ['Mã hồ sơ', ...one.columns.map((id) => COLUMNS[id]), ...(one.isTimed ? [UPDATED] : [])]
    return write(folder, `${number}-${i}.csv`, csv([header, ...rows]))
  })
  const { results, dossiers } = await loadInto(join(folder, `${number++}.duckdb`), files, { fillDown: 'none' })
  for (const { error, counts } of results) expect([error, counts.rejected, isBalanced(counts)]).toEqual([null, 0, true])
  return dossiers.map(({ code, ...facts }) => [code as string, Object.fromEntries(NAMES.map((id) => [id, facts[id]])) as Said])
}

describe('exports that speak of different columns', () => {
  test('make the dossier that their rules say, statement by statement', async () => {
    await fc.assert(
      fc.asyncProperty(exports, async (all) => {
        expect(await load(all)).toEqual(expected(all))
      }),
      property(12),
    )
  }, 120_000)

  test('do not change a column that they do not bring, wherever they come', async () => {
    await fc.assert(
      fc.asyncProperty(exports, fc.nat(), async (all, at) => {
        const side: Export = { columns: ['fee'], isTimed: false, rows: [1, 2, 3, 4].map((serial) => ({ ...all[0]!.rows[0]!, serial })) }
        const place = at % (all.length + 1)
        const without = (known: [string, Said][]): unknown => known.map(([code, said]) => [code, { ...said, fee: null }])
        const numbers = all.map((_, i) => i)
        const found = new Map(without(await load(all.toSpliced(place, 0, side), numbers.toSpliced(place, 0, 9))) as [string, Said][])
        for (const [code, said] of without(await load(all)) as [string, Said][]) expect(found.get(code)).toEqual(said)
      }),
      property(4),
    )
  }, 120_000)
})

/** All orders of a list. */
const orders = <T>(list: readonly T[]): T[][] =>
  list.length < 2 ? [[...list]] : list.flatMap((one, i) => orders(list.toSpliced(i, 1)).map((rest) => [one, ...rest]))

async function loadTables(tables: readonly string[][][]): Promise<Loaded> {
  const files = tables.map((rows, i) => write(folder, `${number}-${i}.csv`, csv(rows)))
  return loadInto(join(folder, `${number++}.duckdb`), files, { fillDown: 'none' })
}

const HEAD = ['Mã hồ sơ', 'Ngày tiếp nhận', 'Ngày hẹn trả', 'Ngày có kết quả', 'Trạng thái']
const returned = [codeOf(1), '01/09/2025', '20/09/2025', '15/09/2025', 'Đã trả kết quả']
const open = [codeOf(1), '01/09/2025', '20/09/2025', '', 'Đang xử lý']

describe('a result is never taken back by the order of loading', () => {
  test.each([
    ['fee and payment', ['Lệ phí', 'Hình thức thanh toán'], ['10.000', 'Trực tuyến'], {}],
    ['channel and digitisation', ['Hình thức nộp', 'Số hoá hồ sơ'], ['Trực tuyến', 'Có'], { channel: 'online', is_intake_digitised: true }],
    ['an apology', ['Văn bản xin lỗi'], ['Có'], { has_apology_letter: true }],
  ])('by an older export that comes after an undated one of %s', async (_, columns, cells, facts) => {
    const a = [
      [...HEAD, UPDATED],
      [...returned, '30/09/2025 08:00:00'],
    ]
    const b = [
      ['Mã hồ sơ', ...columns],
      [codeOf(1), ...cells],
    ]
    const c = [
      [...HEAD, UPDATED],
      [...open, '31/08/2025 08:00:00'],
    ]
    for (const order of orders([a, b, c]))
      expect((await loadTables(order)).dossiers).toMatchObject([
        { ...facts, status: 'returned', resolved_at: '2025-09-15 00:00:00', updated_at: '2025-09-30 08:00:00' },
      ])
  })

  test('of files without update times, which count the rows that would have', async () => {
    for (const order of orders([
      [HEAD, returned],
      [HEAD, open],
    ])) {
      const { results, dossiers } = await loadTables(order)
      expect(dossiers).toMatchObject([{ status: 'returned', resolved_at: '2025-09-15 00:00:00' }])
      const isLast = order[1]![1] === open
      expect(results[1]).toMatchObject({ kept: isLast ? 1 : 0, counts: isLast ? { loaded: 0, superseded: 1 } : { loaded: 1 } })
    }
  })

  test('nor by the order of the rows of a file', async () => {
    for (const order of orders([returned, open])) {
      const { results, dossiers } = await loadTables([[HEAD, ...order]])
      expect(dossiers).toMatchObject([{ status: 'returned' }])
      expect(results[0]).toMatchObject({ kept: order[1] === open ? 1 : 0, counts: { read: 2, loaded: 1, superseded: 1 } })
    }
  })

  test('but by an update time that is newer, and by no other', async () => {
    const timed = (day: string): string[][] => [
      [...HEAD, UPDATED],
      [...open, day],
    ]
    const known: string[][] = [
      [...HEAD, UPDATED],
      [...returned, '16/09/2025 08:00:00'],
    ]
    const status = async (tables: string[][][]): Promise<unknown> => {
      const { results, dossiers } = await loadTables(tables)
      return [dossiers[0]!.status, results.at(-1)!.kept]
    }
    expect(await status([known, timed('17/09/2025')])).toEqual(['processing', 0])
    expect(await status([known, timed('16/09/2025 08:00:00')])).toEqual(['returned', 1])
    expect(await status([known, timed('15/09/2025')])).toEqual(['returned', 0])
    expect(await status([[HEAD, returned], timed('16/09/2025')])).toEqual(['processing', 0])
    expect(await status([[HEAD, returned], timed('15/09/2025 08:00:00')])).toEqual(['returned', 1])
    expect(
      await status([
        [HEAD, returned],
        [
          [...HEAD, UPDATED],
          [...open.slice(0, 4), 'Chờ bổ sung', ''],
        ],
      ]),
    ).toEqual(['returned', 1])
  })

  test('in one column either: an empty date leaves the one that is known, and the other columns are new', async () => {
    const tables = [
      [
        [...HEAD, 'Lệ phí'],
        [...returned, '1.000'],
      ],
      [
        [...HEAD, 'Lệ phí'],
        [...open.slice(0, 4), 'Đã trả kết quả', '2.000'],
      ],
    ]
    const { results, dossiers } = await loadTables(tables)
    expect(dossiers).toMatchObject([{ status: 'returned', resolved_at: '2025-09-15 00:00:00', fee: 2000 }])
    expect(results[1]).toMatchObject({ kept: 1, counts: { loaded: 1 } })
  })
})

test('files of one history without update times give its end, in whatever order they come', async () => {
  const life = fc.record({
    received: fc.integer({ min: 1, max: 5 }),
    resolved: fc.integer({ min: 6, max: 12 }),
    returned: fc.integer({ min: 13, max: 20 }),
  })
  const world = fc.tuple(
    fc.array(life, { minLength: 1, maxLength: 6 }),
    fc.uniqueArray(fc.integer({ min: 5, max: 22 }), { minLength: 2, maxLength: 4 }),
  )
  const day = (n: number): string => `${String(n).padStart(2, '0')}/06/2024`
  const header = ['Mã hồ sơ', 'Ngày tiếp nhận', 'Ngày có kết quả', 'Ngày trả kết quả', 'Trạng thái']
  const at = (lives: readonly (typeof life extends fc.Arbitrary<infer T> ? T : never)[], today: number): string[][] => [
    header,
    ...lives.map(({ received, resolved, returned: end }, i) => [
      codeOf(i + 1),
      day(received),
      resolved <= today ? day(resolved) : '',
      end <= today ? day(end) : '',
      end <= today ? 'Đã trả kết quả' : resolved <= today ? 'Đã có kết quả' : 'Đang xử lý',
    ]),
  ]
  await fc.assert(
    fc.asyncProperty(world, async ([lives, days]) => {
      const last = (await loadTables([at(lives, Math.max(...days))])).dossiers
      expect((await loadTables(days.map((one) => at(lives, one)))).dossiers).toEqual(last)
    }),
    property(4),
  )
}, 120_000)
