import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { dossier, HEADER } from '../support/facts.js'
import { csv, run, storeRows, succeed, tempFolder, write } from '../support/program.js'

const OFFICE = ['STT', 'Mã HS', 'Nơi giải quyết', 'Ngày nhận HS', 'Hẹn trả KQ', 'Xong ngày', 'Cách nộp', 'Tình hình', 'Số CCCD', 'Liên hệ']
const row = (serial: number, channel: string): string[] => {
  const [code, unit, , received, due, resolved, status] = dossier(serial)
  return [String(serial), code!, unit!, received!, due!, resolved!, channel, status!, '036090012345', '0912345678']
}

describe.concurrent('a drafted layout', () => {
  test('reads a file that is not recognised, once what is uncertain is said', async () => {
    const cwd = tempFolder()
    const rows = [['DANH SÁCH HỒ SƠ THÁNG 5'], OFFICE, row(1, 'Trực tuyến'), row(2, 'Trực tiếp'), row(3, 'Qua Zalo')]
    write(cwd, 'tháng 5.csv', csv(rows))
    const refused = await run(['ingest', 'tháng 5.csv'], { cwd })
    expect([refused.status, refused.stderr]).toEqual([3, expect.stringMatching(/STT, Mã HS[\s\S]*--write-layout/)])
    await succeed(['inspect', 'tháng 5.csv', '--write-layout', 'own.yaml'], { cwd })
    const draft = readFileSync(join(cwd, 'own.yaml'), 'utf8')
    expect(draft).toMatch(/^id: thang-5$/m)
    expect(draft).toMatch(/code: "Mã HS" # \?/)
    expect(draft).toMatch(/# \?: "STT"/)
    expect(draft).toMatch(/# Personal, never read: Số CCCD, Liên hệ/)
    expect(draft).not.toMatch(/036090012345|0912345678/)
    expect(await succeed(['ingest', '--layout', 'own.yaml', '--max-rejects', '50%', 'tháng 5.csv'], { cwd })).toMatch(
      /3 read {2}2 loaded {2}1 rejected/,
    )
    const mended = draft
      .replace('# values:', 'values:')
      .replace(/^# {3}channel:/m, '  channel:')
      .replace('#     "Qua Zalo": ?', '    "Qua Zalo": online')
    write(cwd, 'own.yaml', mended)
    expect(await succeed(['ingest', '--layout', 'own.yaml', 'tháng 5.csv'], { cwd })).toMatch(/3 read {2}1 loaded {2}2 unchanged/)
    const known = await storeRows(
      join(cwd, 'cchc.duckdb'),
      'SELECT channel::VARCHAR AS channel, unit_name, status::VARCHAR AS status FROM dossier ORDER BY code',
    )
    expect(known).toEqual(['online', 'in_person', 'online'].map((channel) => ({ channel, unit_name: 'Sở Tư pháp', status: 'returned' })))
  })

  test('of a file that is recognised has nothing uncertain', async () => {
    const cwd = tempFolder()
    write(cwd, 'a.csv', csv([HEADER, dossier(1)]))
    await succeed(['inspect', 'a.csv', '--write-layout', 'own.yaml'], { cwd })
    expect(readFileSync(join(cwd, 'own.yaml'), 'utf8')).not.toMatch(/# \?/)
    expect(await succeed(['ingest', '--layout', 'own.yaml', 'a.csv'], { cwd })).toMatch(/1 read {2}1 loaded/)
  })

  test('needs rows, and one file', async () => {
    const cwd = tempFolder()
    write(cwd, 'a.csv', 'Một,Hai\n')
    expect((await run(['inspect', 'a.csv', '--write-layout', 'own.yaml'], { cwd })).status).toBe(3)
    expect((await run(['inspect', 'a.csv', 'b.csv', '--write-layout', 'own.yaml'], { cwd })).status).toBe(2)
  })
})
