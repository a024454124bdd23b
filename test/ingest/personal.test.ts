import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { dossier, HEADER } from '../support/facts.js'
import { csv, run, tempFolder, write } from '../support/program.js'

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
