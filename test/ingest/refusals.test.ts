import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { codeOf, dossier, HEADER } from '../support/facts.js'
import { csv, run, storeRows, succeed, tempFolder, write } from '../support/program.js'

interface Refusal {
  status: number | null
  code: string
  message: string
  hint: string | null
}

async function refusal(file: string, ...options: string[]): Promise<Refusal> {
  const cwd = tempFolder()
  const { status, stdout, stderr } = await run(['ingest', '--format', 'json', ...options, file], { cwd })
  expect(stderr).not.toMatch(/^\s+at |node:internal/m)
  const [result] = (JSON.parse(stdout) as { files: { error: Omit<Refusal, 'status'> }[] }).files
  return { status, ...result!.error }
}

const rows = (from: number, to: number): string[][] => Array.from({ length: to - from + 1 }, (_, i) => dossier(from + i))
const bad = (serial: number): string[] => dossier(serial, { 'Hình thức nộp': 'Bồ câu đưa thư' })

describe.concurrent('a path that is no readable file is refused by name, with exit status 3', () => {
  test('a directory with no exports in it', async () => {
    const { status, stdout, stderr } = await run(['ingest', '--format', 'json', tempFolder()])
    expect([status, stdout]).toEqual([3, ''])
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'no_files' } })
  })
  test('a file that is not there', async () => {
    expect(await refusal(join(tempFolder(), 'tháng 9.csv'))).toMatchObject({ status: 3, code: 'file_not_found' })
  })
  test('a link that leads to itself', async () => {
    const folder = tempFolder()
    symlinkSync('loop.csv', join(folder, 'loop.csv'))
    expect(await refusal(join(folder, 'loop.csv'))).toMatchObject({ status: 3, code: 'file_unreadable' })
  })
  test('a file inside a file', async () => {
    const file = write(tempFolder(), 'a.csv', 'x')
    expect(await refusal(join(file, 'b.csv'))).toMatchObject({ status: 3, code: expect.stringMatching(/file_unreadable|file_not_found/) })
  })
})

describe.concurrent('ten megabytes in one cell reject that row and no other', () => {
  const long = 'x'.repeat(10 << 20)
  for (const [where, header] of [
    ['a column that is read', 'Cơ quan thực hiện'],
    ['a column that is not read', 'Ghi chú'],
  ] as const) {
    test(where, async () => {
      const cwd = tempFolder()
      const header2 = [...HEADER, 'Ghi chú']
      const wide = (serial: number, text: string): string[] => {
        const cells = [...dossier(serial), '']
        cells[header2.indexOf(header)] = text
        return cells
      }
      const file = write(cwd, 'long.csv', csv([header2, wide(1, ''), wide(2, long), wide(3, '')]))
      await succeed(['ingest', '--max-rejects', '100%', file], { cwd })
      const db = join(cwd, 'cchc.duckdb')
      expect(await storeRows(db, 'SELECT code FROM dossier ORDER BY code')).toEqual([{ code: codeOf(1) }, { code: codeOf(3) }])
      expect(await storeRows(db, 'SELECT line, reason FROM rejected_row')).toEqual([{ line: 3, reason: 'cell_too_long' }])
    })
  }
})

describe.concurrent('too many unreadable rows refuse the file whole', () => {
  test('above 5 % by default, with the reasons counted and what to do', async () => {
    const cwd = tempFolder()
    const file = write(
      cwd,
      'a.csv',
      csv([
        HEADER,
        ...rows(1, 94),
        ...[95, 96, 97, 98].map(bad),
        [...dossier(99).slice(0, 3), ...Array<string>(5).fill('hôm qua')],
        bad(100),
      ]),
    )
    const { status, code, message, hint } = await refusal(file, '--db', join(cwd, 's.duckdb'))
    expect({ status, code }).toEqual({ status: 3, code: 'too_many_rejects' })
    expect(message).toMatch(/6 of 100 rows.*unknown_value in channel: 5.*invalid_date in received_at: 1.*nothing was loaded/)
    expect(hint).toContain('--write-vocabulary')
    expect(
      await storeRows(
        join(cwd, 's.duckdb'),
        'SELECT (SELECT count(*) FROM load) AS loads, (SELECT count(*) FROM dossier_version) AS facts',
      ),
    ).toEqual([{ loads: 0, facts: 0 }])
    await succeed(['ingest', '--db', join(cwd, 's.duckdb'), '--max-rejects', '6%', file], { cwd })
  })
  test('5 % themselves are accepted, with a warning that names the command to see them', async () => {
    const cwd = tempFolder()
    const { status, stderr } = await run(['ingest', write(cwd, 'a.csv', csv([HEADER, ...rows(1, 19), bad(20)]))], { cwd })
    expect(status).toBe(0)
    expect(stderr).toContain('cchc loads --rejected 1')
    const listed = JSON.parse(await succeed(['loads', '--rejected', '1', '--format', 'json'], { cwd })) as { rejected: unknown[] }
    expect(listed.rejected).toMatchObject([
      { line: 21, column: 'channel', header: 'Hình thức nộp', text: 'Bồ câu đưa thư', reason: 'unknown_value' },
    ])
  })
  test('--strict accepts none', async () => {
    const file = write(tempFolder(), 'a.csv', csv([HEADER, ...rows(1, 99), bad(100)]))
    expect(await refusal(file, '--strict')).toMatchObject({ status: 3, code: 'too_many_rejects' })
  })
  test('a share that is none is a usage error', async () => {
    const file = write(tempFolder(), 'a.csv', csv([HEADER, dossier(1)]))
    for (const share of ['150%', 'viele', '-1']) {
      const { status, stderr } = await run(['ingest', `--max-rejects=${share}`, file], { cwd: tempFolder() })
      expect(status, share).toBe(2)
      expect(stderr).toContain('5%')
    }
  })
})

describe.concurrent('what is not asked for does not happen', () => {
  test('of a good and a bad file the good one is loaded and the exit status is 3', async () => {
    const cwd = tempFolder()
    const [good, broken] = [write(cwd, 'good.csv', csv([HEADER, ...rows(1, 3)])), write(cwd, 'bad.csv', 'Cột một,Cột hai\n1,2\n')]
    const { status, stdout, stderr } = await run(['ingest', broken, good], { cwd })
    expect(status).toBe(3)
    expect(stdout).toMatch(/✓ \S*good\.csv +dossiers +3 +3\n/)
    expect(stdout).toMatch(/✗ \S*bad\.csv +not loaded\n/)
    expect(stderr).toContain('bad.csv')
    expect(await storeRows(join(cwd, 'cchc.duckdb'), 'SELECT count(*) AS n FROM dossier')).toEqual([{ n: 3 }])
  })
  test('--dry-run counts as the load would, and changes nothing', async () => {
    const cwd = tempFolder()
    const first = write(cwd, 'a.csv', csv([HEADER, ...rows(1, 3)]))
    const second = write(cwd, 'b.csv', csv([HEADER, dossier(3), dossier(4, { 'Hình thức nộp': 'Trực tiếp' }), bad(5)]))
    await succeed(['ingest', first], { cwd })
    const db = join(cwd, 'cchc.duckdb')
    const all =
      'SELECT (SELECT count(*) FROM load) AS loads, (SELECT count(*) FROM dossier_version) AS facts, (SELECT count(*) FROM rejected_row) AS rejected'
    const before = await storeRows(db, all)
    const args = ['ingest', '--max-rejects', '50%', '--format', 'json', second]
    const dry = JSON.parse(await succeed([...args, '--dry-run'], { cwd })) as { dry_run: boolean; files: Record<string, unknown>[] }
    expect(dry).toMatchObject({ dry_run: true, files: [{ load_id: null, read: 3, loaded: 1, unchanged: 1, rejected: 1 }] })
    expect(await storeRows(db, all)).toEqual(before)
    const real = JSON.parse(await succeed(args, { cwd })) as { files: Record<string, unknown>[] }
    expect(real.files[0]).toEqual({ ...dry.files[0], load_id: 2 })
  })
  test('a dry run on nothing leaves a store without facts', async () => {
    const cwd = tempFolder()
    mkdirSync(join(cwd, 'new'))
    await succeed(['ingest', '--dry-run', write(cwd, 'a.csv', csv([HEADER, ...rows(1, 3)]))], { cwd: join(cwd, 'new') })
    const { status } = await run(['report'], { cwd: join(cwd, 'new') })
    expect(status).toBe(6)
  })
})
