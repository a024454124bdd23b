import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { codeOf, dossier, HEADER } from '../support/facts.js'
import { csv, run, succeed, tempFolder, write } from '../support/program.js'

const withName = (cells: string[], ...more: string[]): string[] => [...cells, 'Nguyễn Thị Trồng', ...more]

function loaded(): Promise<string> {
  const cwd = tempFolder()
  const rows = [
    withName([...HEADER], 'Ghi chú').map((cell) => (cell === 'Nguyễn Thị Trồng' ? 'Người nộp' : cell)),
    withName(dossier(1), '=1+1'),
    withName(dossier(2, { 'Ngày hẹn trả': '31/02/2024' }), 'hai\ndòng, "trích"'),
    withName(dossier(3), 'x', 'thừa'),
    dossier(4).slice(0, 3),
    withName(dossier(5, { 'Trạng thái': '0912345678' }), '=2'),
  ]
  write(cwd, 'a.csv', csv(rows))
  return succeed(['ingest', '--max-rejects', '100%', 'a.csv'], { cwd }).then(() => cwd)
}

describe.concurrent('rejected rows', () => {
  test('come back as a CSV of their own, without personal columns, that loads once it is mended', async () => {
    const cwd = await loaded()
    await succeed(['loads', '--rejected', '1', '--mend', 'mend.csv'], { cwd })
    const text = readFileSync(join(cwd, 'mend.csv'), 'utf8')
    expect(text.split('\n')[0]).toBe(`\ufeff${[...HEADER, 'Ghi chú'].join(',')}`)
    expect(text).toContain('"hai\ndòng, ""trích"""')
    expect(text).not.toMatch(/Trồng|0912345678/)
    expect([2, 3, 4, 5].filter((serial) => text.includes(codeOf(serial)))).toEqual([2, 3, 4, 5])
    const short = dossier(4)
    const mended = text
      .replace('31/02/2024', '29/02/2024')
      .replace(',x,thừa', ',x')
      .replace(short.slice(0, 3).join(','), [...short, ''].join(','))
      .replace('•••', 'Đang xử lý')
    write(cwd, 'mend.csv', mended)
    expect(await succeed(['ingest', 'mend.csv'], { cwd })).toMatch(/4 read {2}4 loaded/)
  })

  test('need their file as it was', async () => {
    const cwd = await loaded()
    const code = async (): Promise<unknown> => {
      const { status, stderr } = await run(['loads', '--rejected', '1', '--mend', 'mend.csv', '--format', 'json'], { cwd })
      return [status, (JSON.parse(stderr) as { error: { code: string } }).error.code]
    }
    write(cwd, 'a.csv', 'changed')
    expect(await code()).toEqual([3, 'source_changed'])
    const { renameSync } = await import('node:fs')
    renameSync(join(cwd, 'a.csv'), join(cwd, 'b.csv'))
    expect(await code()).toEqual([3, 'source_gone'])
    expect((await run(['loads', '--mend', 'mend.csv'], { cwd })).status).toBe(2)
  })

  test('of a load with a layout file are read by the layout as it was then', async () => {
    const cwd = tempFolder()
    const layout = (due: string): string =>
      `id: mine\nkind: dossiers\nheader: [Số, Vào]\ncolumns: { code: Số, received_at: Vào, due_at: ${due}, channel: Cách }\nvalues: { channel: { W: online } }\n`
    write(cwd, 'mine.yaml', layout('Hẹn'))
    write(cwd, 'a.csv', 'Số,Vào,Hẹn,Cách\n1,01/05/2024,09/05/2024,W\n2,01/05/2024,31/02/2024,W\n')
    await succeed(['ingest', '--max-rejects', '50%', '--layout', 'mine.yaml', 'a.csv'], { cwd })
    write(cwd, 'mine.yaml', layout('Khác'))
    await succeed(['loads', '--rejected', '1', '--mend', 'mend.csv'], { cwd })
    expect(readFileSync(join(cwd, 'mend.csv'), 'utf8')).toBe('\ufeffSố,Vào,Hẹn,Cách\n2,01/05/2024,31/02/2024,W\n')
  })
})
