import { beforeAll, describe, expect, test } from 'vitest'

import { csv, run, succeed, tempFolder, write } from '../support/program.js'

/** As such tables are published: a title, provinces as rows of their own, codes in brackets, breaks and blanks inside cells. */
const TABLE = [
  ['Đơn vị hành chính từ ngày 01/7/2025', '', '', 'Đơn vị hành chính trước ngày 01/7/2025', '', '', '', '', ''],
  ['Tỉnh, thành phố', 'Tên Xã mới', 'Mã Xã mới', 'Tên Xã cũ', 'Mã Xã cũ', 'Ghi chú', 'Quận/huyện', 'Tỉnh cũ', ''],
  ['TỈNH SÔNG XANH  ', '', '', '', '', '', '', '', ''],
  ...[
    ['Phường Hòa Bình\n', '90001', 'Phường 1', '90001', 'Nhập toàn bộ', 'Thành phố Sông Xanh (901)', 'Tỉnh Sông Xanh (90)'],
    ['Phường Hòa Bình', '90001', ' Xã Tân\nLập ', '90004', 'Nhập một  phần', 'Thành phố Sông Xanh (901)', 'Tỉnh Sông Xanh (90)'],
    [
      'Xã Tân Lập',
      '90004',
      'Xã Tân Lập',
      '90004',
      'Nhập một phần diện tích, toàn bộ dân số',
      'Thành phố Sông Xanh (901)',
      'Tỉnh Sông Xanh (90)',
    ],
    ['Xã Gò Tre', '90007', 'Thị trấn Gò Tre', '90007', 'Đổi loại hình', 'Huyện Đồng Sậy (902)', 'Tỉnh Sông Xanh (90)'],
    ['Xã Rạch Lúa', '91001', 'Xã Rạch Lúa', '91001', 'Giữ nguyên', 'Huyện Núi Đỏ (911)', 'Tỉnh Núi Đỏ (91)'],
    ['Xã Rạch Lúa', '91001', 'Xã Rạch Tre', '91004', 'Nhập toàn bộ', 'Huyện Núi Đỏ (911)', 'Tỉnh Sông Xanh (90)'],
    ['Xã Rạch Lúa', '91001', 'Xã Rạch Gốc', '91005', 'Nhập toàn bộ', 'Huyện Núi Đỏ (911)', 'Tỉnh Núi Đỏ (91)'],
    [
      'Đặc khu Hòn Ngọc',
      '91990',
      '',
      '',
      'Sắp xếp toàn bộ huyện Hòn Ngọc thành đặc khu Hòn Ngọc',
      'Huyện Hòn Ngọc (912)',
      'Tỉnh Núi Đỏ (91)',
    ],
  ].map((row) => ['Tỉnh Sông Xanh (90)', ...row, '']),
]
const BEFORE = [
  ['Tỉnh Thành Phố', 'Mã TP', 'Quận Huyện', 'Mã QH', 'Phường Xã', 'Mã PX', 'Cấp', 'Tên Tiếng Anh'],
  ['Tỉnh Sông Xanh', '90', 'Thành phố Sông Xanh', '901', 'Phường 1', '90001', 'Phường', ''],
  ['Tỉnh Sông Xanh', '90', 'Thành phố Sông Xanh', '901', 'Xã Tân Lập', '90004', 'Xã', ''],
  ['Tỉnh Sông Xanh', '90', 'Huyện Đồng Sậy', '902', 'Thị trấn Gò Tre', '90007', 'Thị trấn', ''],
  ['Tỉnh Núi Đỏ', '91', 'Huyện Núi Đỏ', '911', 'Xã Rạch Lúa', '91001', 'Xã', ''],
  ['Tỉnh Núi Đỏ', '91', 'Huyện Núi Đỏ', '911', 'Xã Rạch Tre', '91004', 'Xã', ''],
  ['Tỉnh Núi Đỏ', '91', 'Huyện Núi Đỏ', '911', 'Xã Rạch Gốc', '91005', 'Xã', ''],
  ['Tỉnh Núi Đỏ', '91', 'Huyện Hòn Ngọc', '912', '', '', 'Huyện', ''],
]
const DOSSIERS = [
  ['Mã hồ sơ', 'Cơ quan thực hiện', 'Ngày tiếp nhận', 'Hình thức nộp'],
  ['D1', 'UBND P. 1, TP. Sông Xanh', '05/03/2025', 'Trực tuyến'],
  ['D2', 'UBND xã Tân Lập', '05/03/2025', 'Trực tuyến'],
  ['D3', 'TT. Gò Tre', '05/03/2025', 'Trực tiếp'],
  ['D4', 'Xã Rạch Tre, huyện Núi Đỏ, tỉnh Núi Đỏ', '05/03/2025', 'Trực tuyến'],
  ['D5', 'UBND huyện Hòn Ngọc', '05/03/2025', 'Trực tuyến'],
  ['D6', 'UBND tỉnh Núi Đỏ', '05/03/2025', 'Trực tuyến'],
  ['D7', 'Xã Tân Lập', '05/08/2025', 'Trực tuyến'],
]
interface ListedUnit {
  code: string
  name: string
  level: string
}

const cwd = tempFolder()
const json = async <T>(...args: string[]): Promise<T> => JSON.parse(await succeed([...args, '--format', 'json'], { cwd })) as T
const listed = async (...args: string[]) => json<{ counts: Record<string, number>; units: ListedUnit[] }>('units', ...args)

beforeAll(async () => {
  write(cwd, 'changes.csv', csv(TABLE))
  write(cwd, 'before.csv', csv(BEFORE))
  write(cwd, 'dossiers.csv', csv(DOSSIERS))
})

async function placed(...args: string[]): Promise<Record<string, number>> {
  const report = await json<{ rows: { unit: { code: string | null } | null; denominator: number }[] }>(
    'report',
    '--period',
    '2025',
    '--by',
    'unit',
    '--metric',
    'online_submission_rate',
    ...args,
  )
  return Object.fromEntries(
    report.rows.flatMap(({ unit, denominator }) => (unit && denominator > 0 ? [[unit.code ?? 'split', denominator]] : [])),
  )
}

describe('the published table of a reorganisation', () => {
  beforeAll(async () => {
    await succeed(['ingest', 'changes.csv', 'before.csv', 'dossiers.csv'], { cwd })
  })

  test('is recognised, every row of it loaded or skipped as a heading', async () => {
    const { loads } = await json<{ loads: Record<string, unknown>[] }>('loads')
    expect(loads.find(({ kind }) => kind === 'unit_changes')).toMatchObject({
      layout: 'unit-changes-2025-07',
      read: 9,
      loaded: 8,
      skipped: 1,
      rejected: 0,
      skipped_reasons: '{"heading row":1}',
    })
  })

  test('gives the units of both times, each at its level', async () => {
    expect((await listed()).counts).toEqual({ province: 1, district: 0, commune: 5 })
    expect((await listed('--as-of', '2025-06-30')).counts).toEqual({ province: 2, district: 4, commune: 6 })
    expect((await listed('--level', 'province')).units.map(({ code, name }) => `${code} ${name}`)).toEqual(['90 Tỉnh Sông Xanh'])
    expect((await listed()).units.map(({ name }) => name)).toContain('Phường Hòa Bình')
  })

  test('says of every old unit what became of it, and of a province what became of its districts', async () => {
    const { changes } = await json<{ changes: Record<string, unknown>[] }>('units', '--changes')
    expect(changes).toHaveLength(10)
    const of = (old_code: string) =>
      changes.filter((one) => one.old_code === old_code).map(({ new_code, extent }) => `${String(new_code)} ${String(extent)}`)
    expect([of('90001'), of('90004'), of('90007'), of('912')]).toEqual([
      ['90001 whole'],
      ['90001 part', '90004 part'],
      ['90007 whole'],
      ['91990 whole'],
    ])
    expect([of('90'), of('91')]).toEqual([['90 null'], ['90 null']])
  })

  test('takes the dossiers of old units to the new ones, and leaves those of a split unit to nobody', async () => {
    expect(await placed()).toEqual({ 90: 1, 90001: 1, 90004: 1, 90007: 1, 91001: 1, 91990: 1, split: 1 })
    expect(await placed('--units', 'as-was')).toEqual({ 91: 1, 912: 1, 90001: 1, 90004: 2, 90007: 1, 91004: 1 })
  })

  test('may come in any order, and again, and changes nothing then', async () => {
    const again = await json<{ files: { status: string }[] }>('ingest', 'before.csv', 'changes.csv')
    expect(again.files.map(({ status }) => status)).toEqual(['unchanged', 'unchanged'])
    const other = tempFolder()
    for (const file of ['before.csv', 'changes.csv']) await succeed(['ingest', `${cwd}/${file}`], { cwd: other })
    const { counts } = JSON.parse(await succeed(['units', '--all', '--format', 'json'], { cwd: other })) as { counts: unknown }
    expect(counts).toEqual((await listed('--all')).counts)
  })
})

describe("an office's own list of changes", () => {
  const HEADER = ['Mã cũ', 'Mã mới', 'Từ ngày', 'Tỷ lệ', 'Mức độ nhập']

  async function outcome(...rows: string[][]) {
    const folder = tempFolder()
    const { stdout } = await run(['ingest', write(folder, 'c.csv', csv([HEADER, ...rows])), '--format', 'json', '--max-rejects', '100%'], {
      cwd: folder,
    })
    const rejected = JSON.parse(await succeed(['loads', '--rejected', '--format', 'json'], { cwd: folder })) as {
      rejected: Record<string, unknown>[]
    }
    const { files } = JSON.parse(stdout) as { files: Record<string, unknown>[] }
    return { loaded: files[0]!.loaded, rejected: rejected.rejected.map(({ line, column, reason }) => [line, column, reason]) }
  }

  test('takes shares as per cent or fractions, and whole where nothing is said', async () => {
    expect(
      await outcome(
        ['A', 'B', '01/07/2025', '60%', ''],
        ['A', 'C', '01/07/2025', '0,4', ''],
        ['D', 'E', '01/07/2025', '', ''],
        ['F', 'G', '01/07/2025', '1', ''],
      ),
    ).toEqual({ loaded: 4, rejected: [] })
  })

  test('rejects what it can not read, and says why', async () => {
    const { loaded, rejected } = await outcome(
      ['A', 'B', '31/02/2025', '', ''],
      ['A', '', '01/07/2025', '', ''],
      ['', 'B', '01/07/2025', '', ''],
      ['A', 'B', '01/07/2025', '140%', ''],
      ['A', 'B', '01/07/2025', '', 'chưa rõ'],
      ['A', 'B', '', '', ''],
      ['A', 'B', '01/07/2025', '', 'Toàn bộ'],
    )
    expect([loaded, rejected]).toEqual([
      1,
      [
        [2, 'effective_from', 'invalid_date'],
        [3, 'new_code', 'missing_code'],
        [4, 'old_code', 'missing_code'],
        [5, 'share', 'invalid_share'],
        [6, 'extent', 'unknown_value'],
        [7, 'effective_from', 'invalid_date'],
      ],
    ])
  })
})

describe('names that the registry does not know', () => {
  test('are listed as a file that is filled in and loaded', async () => {
    const folder = tempFolder()
    write(
      folder,
      'units.csv',
      csv([
        ['Mã đơn vị', 'Tên đơn vị', 'Loại'],
        ['S1', 'Sở Y tế', 'Sở'],
        ['S2', 'Sở Xây dựng', 'Sở'],
      ]),
    )
    write(
      folder,
      'dossiers.csv',
      csv([DOSSIERS[0]!, ['D1', 'Sở YT', '05/03/2025', 'Trực tuyến'], ['D2', 'Cục Lạ', '05/03/2025', 'Trực tuyến']]),
    )
    await succeed(['ingest', 'units.csv', 'dossiers.csv'], { cwd: folder })
    const list = await succeed(['units', '--unknown', '--format', 'csv'], { cwd: folder })
    expect(list.split('\n').slice(0, 3)).toEqual(['alias,code,rows,suggestions', 'Cục Lạ,,1,', 'Sở YT,,1,Sở Y tế'])
    write(folder, 'aliases.csv', list.replace('Sở YT,,', 'Sở YT,S1,'))
    const { files } = JSON.parse(await succeed(['ingest', 'aliases.csv', '--format', 'json'], { cwd: folder })) as {
      files: Record<string, unknown>[]
    }
    expect(files[0]).toMatchObject({ kind: 'unit_aliases', loaded: 1, skipped: 1 })
    const rest = JSON.parse(await succeed(['units', '--unknown', '--format', 'json'], { cwd: folder })) as { units: { alias: string }[] }
    expect(rest.units.map(({ alias }) => alias)).toEqual(['Cục Lạ'])
  })
})

describe('a registry of more than one province', () => {
  test('is cut to the one that the project names, with what was merged into it', async () => {
    const folder = tempFolder()
    const rows = [
      ...TABLE,
      ['Tỉnh Khác (99)', 'Xã Tân Lập', '99001', 'Xã Tân Lập', '99001', 'Giữ nguyên', 'Huyện Khác (991)', 'Tỉnh Khác (99)', ''],
    ]
    write(folder, 'changes.csv', csv(rows))
    write(folder, 'dossiers.csv', csv(DOSSIERS))
    await succeed(['ingest', 'changes.csv', 'dossiers.csv'], { cwd: folder })
    const ambiguous = async () => {
      const { units } = JSON.parse(await succeed(['units', '--unknown', '--format', 'json'], { cwd: folder })) as {
        units: { alias: string; is_ambiguous: boolean }[]
      }
      return units.filter(({ is_ambiguous }) => is_ambiguous).map(({ alias }) => alias)
    }
    expect(await ambiguous()).toEqual(['UBND xã Tân Lập', 'Xã Tân Lập'])
    write(folder, 'cchc.yaml', 'province: Tỉnh Sông Xanh\n')
    expect(await ambiguous()).toEqual([])
    const { counts } = JSON.parse(await succeed(['units', '--all', '--format', 'json'], { cwd: folder })) as {
      counts: Record<string, number>
    }
    expect(counts).toEqual({ province: 3, district: 4, commune: 11 })
    write(folder, 'cchc.yaml', 'province: Tỉnh Nào Đó\n')
    expect((await run(['units'], { cwd: folder })).stderr).toContain('no province "Tỉnh Nào Đó"')
  })
})
