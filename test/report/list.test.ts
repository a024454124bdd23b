import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'

import { linesOf, renderList } from '../../src/report/list.js'
import { dossier, HEADER } from '../support/facts.js'
import { property } from '../support/property.js'
import { csv, run, succeed, tempFolder, write } from '../support/program.js'

const LONG = 'Ủy ban nhân dân xã Nguyễn Phích Đông Khánh Bình Tây Bắc Hồ Thị Kỷ, huyện Trần Văn Thời, tỉnh Cà Mau'

describe('texts go on below and are never cut', () => {
  it('in lines of at most so many letters that say all of the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'Đ', ' ', '-', '漢') }), fc.integer({ min: 1, max: 20 }), (text, width) => {
        const lines = linesOf(text, width)
        expect(lines.every((line) => [...line].length <= width)).toBe(true)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      }),
      property(200),
    )
  })

  it('in a list as narrow as can be, with numbers and codes whole on their first line', () => {
    const rows = [{ code: 'H10.000.00.01', name: LONG, n: '1.234.567' }]
    const columns = [
      { key: 'code', heading: 'Mã' },
      { key: 'name', heading: 'Tên', wraps: true },
      { key: 'n', heading: 'Số', isNumber: true },
    ]
    const [, first, ...more] = renderList(rows, columns, 44).trimEnd().split('\n')
    expect(first).toMatch(/^H10\.000\.00\.01 {2}\S.* {2}1\.234\.567$/)
    expect([first!.slice(15, -11), ...more].join('').replaceAll(' ', '')).toBe(LONG.replaceAll(' ', ''))
    expect(renderList(rows, columns)).toContain(LONG)
  })
})

describe('what a command prints', () => {
  const cwd = tempFolder()
  const CALLS = [
    ['report', '--by', 'level,unit,month'],
    ['check', '--by', 'unit'],
    ['form', 'ii06', '--by', 'unit', '--period', '2024-05'],
    ['units'],
    ['units', '--unknown'],
    ['targets'],
    ['loads'],
    ['loads', '--rejected'],
  ]
  beforeAll(async () => {
    write(cwd, 'units.csv', csv([['Mã đơn vị', 'Tên đơn vị', 'Loại'], ['000.00.99.H99', LONG, 'UBND xã']])) // prettier-ignore
    write(cwd, 'plan.csv', csv([['Chỉ tiêu', 'Đơn vị', 'Kế hoạch', 'Nguồn'], ['online_submission_rate', LONG, '80 %', `Kế hoạch của ${LONG}`]])) // prettier-ignore
    const other = `Trung tâm ${LONG}`
    const rows = [
      dossier(1, { 'Cơ quan thực hiện': LONG, 'Hình thức nộp': 'Trực tiếp' }),
      dossier(2, { 'Cơ quan thực hiện': other }),
      dossier(3, { 'Hình thức nộp': LONG }),
    ]
    write(cwd, 'a.csv', csv([HEADER, ...rows]))
    await succeed(['ingest', '--max-rejects', '50%', 'units.csv', 'plan.csv', 'a.csv'], { cwd })
  })

  it.each(CALLS.map((args) => [args]))('by %j is never cut on a terminal, and stands on one line in a pipe', async (args) => {
    for (const lang of ['vi', 'en']) {
      const narrow = await run([...args, '--lang', lang], { cwd, env: { COLUMNS: '80' } })
      expect(narrow.stdout.length).toBeGreaterThan(50)
      expect(narrow.stdout).not.toContain('…')
      for (const line of narrow.stdout.split('\n')) expect([...line].length, line).toBeLessThanOrEqual(80)
      const piped = await run([...args, '--lang', lang], { cwd, env: { COLUMNS: '' } })
      expect(piped.stdout).not.toContain('…')
      if (args[0] !== 'loads' || args[1]) expect(piped.stdout).toContain(LONG)
    }
  })
})
