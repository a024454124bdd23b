import { describe, expect, test } from 'vitest'

import { makeProgram } from '../../src/program.js'
import { csv, run, succeed, tempFolder, write } from '../support/program.js'
import { dossier, HEADER } from '../support/facts.js'

const VI = { env: { LANG: 'vi_VN.UTF-8' } }
/** Words of help that would be English: none of them is an option, a value or a file name. */
const ENGLISH = /\b(the|is|are|of|and|with|default|print|write|only|option|argument|command|usage|display|choices|what|which|this)\b/i

describe('help in Vietnamese', () => {
  const program = makeProgram('vi', async () => undefined)
  const english = makeProgram('en', async () => undefined)
  test.each([program, ...program.commands].map((one) => [one.name(), one.helpInformation()]))('of %s has no English left', (name, help) => {
    const prose = help.replace(/--[\w-]+|"[^"]*"|\b\w+ \([^)]*\)/g, ' ')
    expect(prose.split('\n').filter((line) => ENGLISH.test(line))).toEqual([])
    expect(help).toContain('Cách dùng: cchc')
    const flags = (text: string): string[] => [...text.matchAll(/^ {2}(?:-\w, )?(--[\w-]+)/gm)].map(([, flag]) => flag!)
    const other = [english, ...english.commands].find((one) => one.name() === name)!
    expect(flags(help)).toEqual(flags(other.helpInformation()))
  })

  test('is printed at once, as the program would', async () => {
    expect(await succeed(['--help'], VI)).toBe(await succeed(['help', '--lang', 'vi']))
  })
})

test('commands take in Vietnamese what they take in English', () => {
  const shapes = (['vi', 'en'] as const).map((language) => {
    const program = makeProgram(language, async () => undefined)
    return [program, ...program.commands].map((one) => ({
      name: one.name(),
      options: one.options.map(({ long, required, optional, variadic }) => ({ long, required, optional, variadic })),
      arguments: one.registeredArguments.map(({ required, variadic }) => ({ required, variadic })),
    }))
  })
  expect(shapes[0]).toEqual(shapes[1])
  expect(shapes[0]!.flatMap(({ options }) => options).filter(({ variadic }) => variadic).length).toBeGreaterThan(1)
})

describe.concurrent('a mistake is said in Vietnamese', () => {
  test.each([
    [['ingst'], /^không có lệnh "ingst"\n {3}có phải ingest không\?\n$/],
    [['loads', '--rejcted'], /^không có tuỳ chọn --rejcted\n {3}có phải --rejected không\?\n$/],
    [['ingest'], /^thiếu đối số <tệp>\n {3}xem: cchc ingest --help\n$/],
    [['report', '--period'], /^tuỳ chọn --period <kỳ> thiếu giá trị\n/],
    [['targets', 'a', 'b'], /^lệnh targets không nhận đối số, nhưng có: a, b\n/],
    [['loads', '--format', 'yaml'], /^--format yaml: không có giá trị này\n {3}một trong: table, json, csv\n$/],
    [['report', '--period', 'mai'], /chưa có kho dữ liệu/],
    [['metrics', 'xyz'], /^không có chỉ tiêu "xyz"\n/],
    [['ingest', 'missing.csv'], /missing\.csv: không có tệp này\n/],
    [['loads', '--lang', 'fr'], /^không có ngôn ngữ "fr"\n {3}vi hoặc en\n$/],
  ])('cchc %j', async (args, said) => {
    const { status, stderr } = await run(args, { ...VI, cwd: tempFolder() })
    expect(status).toBeGreaterThan(1)
    expect(stderr).toMatch(said)
  })

  test('and in JSON, under the code it has in any language', async () => {
    const cwd = tempFolder()
    write(cwd, 'cchc.yaml', 'lang: vi\nbogus: 1\n')
    const { stderr } = await run(['loads', '--format', 'json'], { cwd })
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'invalid_definition', message: 'bogus: không có khoá "bogus"' } })
  })

  test('as are refused rows, with days and numbers as they are written here', async () => {
    const cwd = tempFolder()
    const bad = Array.from({ length: 4 }, (_, i) => dossier(i + 1, { 'Ngày hẹn trả': '31/02/2024' }))
    write(cwd, 'a.csv', csv([HEADER, ...bad, dossier(9)]))
    const refused = await run(['ingest', 'a.csv'], { ...VI, cwd })
    expect(refused.stderr).toMatch(/4 trong 5 dòng không đọc được \(ngày không hợp lệ ở cột Ngày hẹn trả: 4\); chưa nạp gì/)
    await succeed(['ingest', 'a.csv', '--max-rejects', '90%'], { ...VI, cwd })
    expect((await run(['loads'], { ...VI, cwd })).stdout).toMatch(/\d\d\/\d\d\/\d{4} \d\d:\d\d/)
    const early = await run(['report', '--period', '2030', '--as-of', '2024-12-31'], { ...VI, cwd })
    expect(early.stderr).toMatch(/^năm 2030 chưa bắt đầu tính đến ngày 31\/12\/2024\n/)
  })
})
