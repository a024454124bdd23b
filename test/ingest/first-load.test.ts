import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

import { DOSSIERS, isBalanced, REJECTED } from '../support/facts.js'
import { bigExport } from '../support/big-export.js'
import { csv, storeRows, succeed, tempFolder, write } from '../support/program.js'

/** Everything known of the dossiers, as one number, and how many there are. */
const DIGEST = `SELECT count(*) AS n, sum(hash(d)::HUGEINT)::VARCHAR AS digest FROM (${DOSSIERS}) d`

describe('a large first load, which takes the road of a file of its own', () => {
  const cwd = tempFolder()
  const db = join(cwd, 'cchc.duckdb')
  let big: ReturnType<typeof bigExport>
  let result: Record<string, number>

  beforeAll(async () => {
    big = bigExport(cwd)
    write(
      cwd,
      'units.csv',
      csv([
        ['Mã đơn vị', 'Tên đơn vị', 'Loại'],
        ['000.00.01.H99', 'Sở Tư pháp', 'Sở'],
      ]),
    )
    write(
      cwd,
      'plan.csv',
      csv([
        ['Chỉ tiêu', 'Kế hoạch'],
        ['online_submission_rate', '80 %'],
      ]),
    )
    await succeed(['ingest', 'units.csv', 'plan.csv'], { cwd })
    ;[result] = (JSON.parse(await succeed(['ingest', '--format', 'json', big.file], { cwd })) as { files: [Record<string, number>] }).files
  }, 60_000)

  test('counts every row, with the doubles superseded and the bad ones rejected with their lines', async () => {
    expect(result).toMatchObject({
      read: big.rows,
      loaded: big.dossiers,
      superseded: big.doubles,
      rejected: big.badLines.length,
      unchanged: 0,
      skipped: 0,
    })
    expect(isBalanced(result as never)).toBe(true)
    expect(await storeRows(db, REJECTED)).toEqual(
      big.badLines.map((line) => ({
        line,
        column_id: 'channel',
        header: 'Hình thức nộp',
        text: 'Bồ câu đưa thư',
        reason: 'unknown_value',
      })),
    )
    expect(await storeRows(db, 'SELECT count(*) AS n FROM dossier_version WHERE ended_load_id = load_id')).toEqual([{ n: big.doubles }])
  })

  test('keeps what was loaded before, and leaves no other file behind', async () => {
    expect(await storeRows(db, 'SELECT name FROM unit')).toEqual([{ name: 'Sở Tư pháp' }])
    expect(await storeRows(db, 'SELECT metric, share FROM target')).toEqual([{ metric: 'online_submission_rate', share: 0.8 }])
    expect(await storeRows(db, 'SELECT load_id, kind FROM load JOIN load_source USING (load_id) ORDER BY load_id')).toMatchObject([
      { kind: 'units' },
      { kind: 'targets' },
      { kind: 'dossiers' },
    ])
    expect(readdirSync(cwd).filter((name) => name.startsWith('cchc.duckdb'))).toEqual(['cchc.duckdb'])
    expect(existsSync(`${db}.stage`)).toBe(false)
  })

  test('gives the facts that the same rows give in two files, and is unchanged the second time', async () => {
    const other = join(tempFolder(), 'two.duckdb')
    await succeed(['ingest', '--db', other, ...big.halves], { cwd })
    expect(await storeRows(other, DIGEST)).toEqual(await storeRows(db, DIGEST))
    const again = JSON.parse(await succeed(['ingest', '--format', 'json', big.file], { cwd })) as { files: unknown[] }
    expect(again.files).toMatchObject([{ status: 'unchanged', load_id: null, read: big.rows, loaded: 0, rejected: big.badLines.length }])
  }, 60_000)
})
