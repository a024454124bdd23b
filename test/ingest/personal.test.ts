import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { dossier, HEADER } from '../support/facts.js'
import { csv, run, storeRows, succeed, tempFolder, write } from '../support/program.js'

const PLANTED = ['Nguyễn Thị Trồng Sẵn', '036090098765', '0987 654 321', 'trong.san@vi-du.vn', 'Ấp Trồng Sẵn']

test('nothing personal is stored or printed, wherever in a file it stands', async () => {
  const cwd = tempFolder()
  const [name, identity, telephone, mail, address] = PLANTED as [string, string, string, string, string]
  const header = [...HEADER, 'Người nộp', 'Số CCCD', 'Số điện thoại', 'Email', 'Địa chỉ', 'Ghi chú']
  const personal = [name, identity, telephone, mail, address, `${name} ${telephone}`]
  const rows = [
    [...dossier(1), ...personal],
    [...dossier(2, { 'Hình thức nộp': identity }), ...personal],
    [...dossier(3, { 'Trạng thái': `gọi ${telephone}` }), ...personal],
    [...dossier(4, { 'Ngày tiếp nhận': mail }), ...personal],
    [...dossier(5), ...personal, 'one cell', 'too many'],
  ]
  write(cwd, 'in.csv', csv([header, ...rows]))
  write(
    cwd,
    'survey.csv',
    csv([
      ['Ngày khảo sát', 'Mức độ hài lòng'],
      ['01/02/2024', telephone],
      ['01/02/2024', '5'],
    ]),
  )
  write(cwd, 'headless.csv', csv(rows))
  const outputs: string[] = []
  for (const args of [
    ['inspect', 'in.csv', 'headless.csv'],
    ['ingest', 'headless.csv', '--format', 'json'],
    ['ingest', 'in.csv', '--verbose'],
    ['ingest', 'in.csv', 'survey.csv', '--max-rejects', '1', '--verbose'],
    ['ingest', 'in.csv', '--careful', '--format', 'json'],
    ['loads', '--rejected'],
    ['loads', '--rejected', '--format', 'json'],
    ['report', '--period', '2024-05', '--by', 'unit', '--format', 'json'],
  ]) {
    const { stdout, stderr } = await run(args, { cwd })
    outputs.push(stdout, stderr)
  }
  expect(outputs.join('')).toMatch(/unknown_value/)
  const stored = readdirSync(cwd)
    .filter((file) => !file.endsWith('.csv'))
    .map((file) => readFileSync(join(cwd, file)).toString('utf8'))
  expect(stored.length).toBeGreaterThan(0)
  for (const text of [...outputs, ...stored]) for (const planted of PLANTED) expect(text).not.toContain(planted)
})

const IDS = ['036090098765', '096190012345', '001085000111']
const HASHED = [...HEADER, 'Số CCCD']
const hashed = (): string[][] => [
  [...dossier(1), IDS[0]!],
  [...dossier(2), ' 036 090 098 765 '],
  [...dossier(3), IDS[1]!],
  [...dossier(4), ''],
]
const submitters = async (cwd: string): Promise<(string | null)[]> =>
  (await storeRows<{ submitter: string | null }>(join(cwd, 'cchc.duckdb'), 'SELECT submitter FROM dossier ORDER BY code')).map(
    ({ submitter }) => submitter,
  )

describe('a keyed hash of a personal column', () => {
  test('tells the same submitter again, on both roads, and nothing of who that is', async () => {
    const cwd = tempFolder()
    write(cwd, 'in.csv', csv([HASHED, ...hashed()]))
    await succeed(['ingest', 'in.csv', '--keep-hash', 'số cccd'], { cwd })
    const [a, b, c, d] = await submitters(cwd)
    expect([a, b === a, c === a, d]).toEqual([expect.stringMatching(/^[0-9a-f]{32}$/), true, false, null])
    expect(statSync(join(cwd, 'cchc.duckdb.key')).mode & 0o777).toBe(0o600)
    for (const file of readdirSync(cwd).filter((name) => !name.endsWith('.csv')))
      for (const id of IDS) expect(readFileSync(join(cwd, file)).toString('latin1'), file).not.toContain(id)

    const other = tempFolder()
    write(other, 'in.csv', csv([HASHED, ...hashed()]))
    writeFileSync(join(other, 'cchc.duckdb.key'), readFileSync(join(cwd, 'cchc.duckdb.key')))
    await succeed(['ingest', 'in.csv', '--keep-hash', 'Số CCCD', '--careful'], { cwd: other })
    expect(await submitters(other)).toEqual([a, b, c, d])
  })

  test('is another one under another key, and needs one that can not be guessed', async () => {
    const hashes = async (key: string): Promise<(string | null)[]> => {
      const cwd = tempFolder()
      write(cwd, 'in.csv', csv([HASHED, ...hashed()]))
      await succeed(['ingest', 'in.csv', '--keep-hash', 'Số CCCD'], { cwd, env: { CCHC_HASH_KEY: key } })
      expect(readdirSync(cwd).filter((name) => name.endsWith('.key'))).toEqual([])
      return submitters(cwd)
    }
    const [one, two, again] = [
      await hashes('a long key of an office 1'),
      await hashes('a long key of an office 2'),
      await hashes('a long key of an office 1'),
    ]
    expect([again, one[0] === two[0]]).toEqual([one, false])
    const cwd = tempFolder()
    write(cwd, 'in.csv', csv([HASHED, ...hashed()]))
    const short = await run(['ingest', 'in.csv', '--keep-hash', 'Số CCCD'], { cwd, env: { CCHC_HASH_KEY: 'short' } })
    expect([short.status, short.stderr]).toEqual([2, expect.stringContaining('too short')])
  })

  test('is kept only where it is asked for, and a column that is not there is said', async () => {
    const cwd = tempFolder()
    write(cwd, 'in.csv', csv([HASHED, ...hashed()]))
    await succeed(['ingest', 'in.csv'], { cwd })
    expect(new Set(await submitters(cwd))).toEqual(new Set([null]))
    const wrong = await run(['ingest', 'in.csv', '--keep-hash', 'Mã khách'], { cwd })
    expect([wrong.status, wrong.stderr]).toEqual([2, expect.stringMatching(/no dossier file has a column "Mã khách"[^]*Số CCCD/)])
    await succeed(['ingest', 'in.csv', '--keep-hash', 'Số CCCD'], { cwd })
    expect((await submitters(cwd)).filter(Boolean)).toHaveLength(3)
  })

  test('may be said in a layout, and is in no list of rows to mend', async () => {
    const cwd = tempFolder()
    write(cwd, 'in.csv', csv([HASHED, ...hashed(), [...dossier(5, { 'Ngày tiếp nhận': '31/02/2024' }), IDS[2]!]]))
    mkdirSync(join(cwd, 'definitions', 'layouts'), { recursive: true })
    write(
      cwd,
      'definitions/layouts/khach.yaml',
      `id: khach\nkind: dossiers\nheader: [Mã hồ sơ, Số CCCD]\ncolumns: { code: Mã hồ sơ, received_at: Ngày tiếp nhận, submitter: Số CCCD }\n`,
    )
    await succeed(['ingest', 'in.csv', '--layout', 'khach', '--max-rejects', '50%'], { cwd })
    expect((await submitters(cwd)).filter(Boolean)).toHaveLength(3)
    await succeed(['loads', '--rejected', '1', '--mend', 'mend.csv'], { cwd })
    expect(readFileSync(join(cwd, 'mend.csv'), 'utf8')).not.toContain(IDS[2])
  })
})

describe('a column whose cells identify people, whatever its header says', () => {
  test.each([
    ['telephone numbers', 'Lĩnh vực', ['0987654321', '0912 345 678', '+84 987 654 321', '0987.654.321']],
    ['identity numbers', 'Mã đơn vị', IDS],
    ['e-mail addresses', 'Tên TTHC', ['a@vi-du.vn', 'b.c@vi-du.vn', 'd@vi-du.vn']],
  ])('is dropped when it holds %s', async (_, header, cells) => {
    const cwd = tempFolder()
    const rows = cells.map((cell, i) => [...dossier(i + 1), cell])
    write(cwd, 'in.csv', csv([[...HEADER, header], ...rows]))
    const { files } = JSON.parse(await succeed(['ingest', 'in.csv', '--format', 'json'], { cwd })) as {
      files: { personal_columns: string[]; loaded: number }[]
    }
    expect(files[0]).toMatchObject({ personal_columns: [header], loaded: cells.length })
    expect(await storeRows(join(cwd, 'cchc.duckdb'), 'SELECT DISTINCT field, unit_code, procedure_name FROM dossier')).toEqual([
      { field: null, unit_code: null, procedure_name: null },
    ])
  })

  test('refuses a file whose codes they would be, unless a layout says so', async () => {
    const cwd = tempFolder()
    write(cwd, 'in.csv', csv([HEADER, ...IDS.map((id, i) => dossier(i, { 'Mã hồ sơ': id }))]))
    const refused = await run(['ingest', 'in.csv'], { cwd })
    expect([refused.status, refused.stderr]).toEqual([3, expect.stringMatching(/"Mã hồ sơ" holds what looks like identity/)])
    for (const id of IDS) expect(refused.stderr + refused.stdout).not.toContain(id)
    write(cwd, 'ours.yaml', 'id: ours\nkind: dossiers\nheader: [Mã hồ sơ]\ncolumns: { code: Mã hồ sơ, received_at: Ngày tiếp nhận }\n')
    await succeed(['ingest', 'in.csv', '--layout', 'ours.yaml'], { cwd })
  })

  test('leaves numbers of other kinds alone', async () => {
    const cwd = tempFolder()
    const codes = ['0000012345', '012345678', '20250901000123', '000.00.01.H99-240503-0001']
    write(cwd, 'in.csv', csv([HEADER, ...codes.map((code) => dossier(1, { 'Mã hồ sơ': code }))]))
    await succeed(['ingest', 'in.csv'], { cwd })
    expect(await storeRows(join(cwd, 'cchc.duckdb'), 'SELECT count(*)::INTEGER AS n FROM dossier')).toEqual([{ n: 4 }])
  })

  test('is masked where only some cells do so', async () => {
    const cwd = tempFolder()
    const units = ['Sở Tư pháp', 'Sở Tư pháp (0987 654 321)', 'Sở Y tế', 'a.b@vi-du.vn Sở Y tế']
    write(cwd, 'in.csv', csv([HEADER, ...units.map((unit, i) => dossier(i, { 'Cơ quan thực hiện': unit }))]))
    for (const road of [[], ['--careful']]) {
      await succeed(['ingest', 'in.csv', ...road, '--db', `s${road.length}.duckdb`], { cwd })
      expect(await storeRows(join(cwd, `s${road.length}.duckdb`), 'SELECT unit_name FROM dossier ORDER BY code')).toEqual(
        ['Sở Tư pháp', 'Sở Tư pháp (•••)', 'Sở Y tế', '••• Sở Y tế'].map((unit_name) => ({ unit_name })),
      )
    }
  })
})
