import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { dossier, HEADER } from '../support/facts.js'
import { csv, run, storeRows, succeed, tempFolder, write } from '../support/program.js'

test('personal columns are dropped at reading: nothing of them is stored or printed, only that they were there', async () => {
  const cwd = tempFolder()
  const secrets = ['Nguyễn Văn Bí Mật', '0912345678', '096012345678', 'Ấp Ba, xã Đất Mũi', 'bi.mat@example.vn']
  const personal = ['Chủ hồ sơ', 'Số điện thoại', 'Số CCCD', 'Địa chỉ', 'Email']
  const rows = [dossier(1), dossier(2, { 'Hình thức nộp': 'Bồ câu' }), [...dossier(3), ...secrets, 'thừa']]
  const file = write(
    cwd,
    'a.csv',
    csv([[...HEADER, ...personal], ...rows.map((row) => (row.length > HEADER.length ? row : [...row, ...secrets]))]),
  )
  const outcomes = [
    await run(['inspect', file], { cwd }),
    await run(['ingest', '--max-rejects', '100%', '--verbose', file], { cwd }),
    await run(['loads', '--rejected', '--format', 'json'], { cwd }),
    await run(['loads', '--format', 'json'], { cwd }),
    await run(['report', '--format', 'json'], { cwd }),
  ]
  const printed = outcomes.map(({ stdout, stderr }) => stdout + stderr).join('\n')
  const db = join(cwd, 'cchc.duckdb')
  const bytes = readFileSync(db)
  for (const secret of secrets) {
    expect(printed).not.toContain(secret)
    expect(bytes.includes(secret), `${secret} in the store`).toBe(false)
  }
  for (const name of personal) expect(printed).toContain(name)
  expect(await storeRows(db, 'SELECT personal_columns FROM load_source')).toEqual([{ personal_columns: personal }])
  expect(JSON.parse(await succeed(['loads', '--rejected', '--format', 'json'], { cwd }))).toMatchObject({
    rejected: [{ line: 3 }, { line: 4, reason: 'row_too_long' }],
  })
})
