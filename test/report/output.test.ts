import { execFileSync, spawn } from 'node:child_process'
import { constants, existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

import { ToolError } from '../../src/errors.js'
import { writeWhole } from '../../src/report/write.js'
import { run, runProgram, succeed, tempFolder, write } from '../support/program.js'
import { plain } from './fixture.js'

const cwd = tempFolder()
const JUNE = ['report', '--period', '2024-06', '--as-of', '2024-07-15', '--by', 'level,unit,month']

beforeAll(async () => {
  const rows = Array.from({ length: 12 }, (_, i) => {
    const unit = i % 3 === 0 ? '"=cmd|\' /C calc\'!A0"' : 'Sở Y tế'
    return `240603-${1000 + i},${unit},Cấp tỉnh,${i < 7 ? 'Trực tuyến' : 'Trực tiếp'},03/06/2024 23:30,10/06/2024,1${i % 3}/06/2024\n`
  })
  write(cwd, 'list.csv', `Mã hồ sơ,Cơ quan thực hiện,Cấp,Hình thức nộp,Ngày tiếp nhận,Ngày hẹn trả,Ngày có kết quả\n${rows.join('')}`)
  write(cwd, 'plan.csv', 'Chỉ tiêu,Kế hoạch\nonline_submission_rate,80\n')
  await succeed(['ingest', 'list.csv', 'plan.csv'], { cwd })
})

describe('a report of the program', () => {
  it.each(['json', 'csv', 'table'])('as %s is the same, byte for byte, again and elsewhere in the world', async (format) => {
    const args = [...JUNE, '--format', format, '--lang', 'vi']
    const first = await succeed(args, { cwd })
    expect(await succeed(args, { cwd })).toBe(first)
    const elsewhere = { TZ: 'America/Los_Angeles', LANG: 'tr_TR.UTF-8', LC_ALL: 'de_DE.UTF-8' }
    expect(await runProgram(args, { cwd, env: elsewhere })).toEqual({ status: 0, stdout: first, stderr: '' })
  })

  it('has its numbers in the language asked for', async () => {
    const [vi, en] = await Promise.all([succeed([...JUNE, '--lang', 'vi'], { cwd }), succeed([...JUNE, '--lang', 'en'], { cwd })])
    expect([vi.includes('58,33 %'), vi.includes('58.33'), en.includes('58.33 %'), en.includes('58,33')]).toEqual([true, false, true, false])
  })

  it('says on stderr which period it chose, and nothing there when told to be quiet', async () => {
    const args = ['report', '--as-of', '2024-07-15', '--lang', 'en']
    const [said, quiet] = await Promise.all([run(args, { cwd }), run([...args, '--quiet'], { cwd })])
    expect(said.stderr).toBe(
      'No period chosen: reporting 2024-06, which is not whole: there are data to 12/06/2024 only. Choose with --period.\n',
    )
    expect([quiet.stderr, quiet.stdout]).toEqual(['', said.stdout])
    expect(said.stdout).not.toContain('No period chosen')
  })

  it('fits the width that it is told and is whole where it is not a terminal, without colour there', async () => {
    const header = (text: string): string => text.split('\n')[2]!
    const wide = await succeed(JUNE, { cwd, env: { COLUMNS: '160', NO_COLOR: '' } })
    const narrow = await succeed(JUNE, { cwd, env: { NO_COLOR: '', FORCE_COLOR: '1' } })
    const piped = await succeed(JUNE, { cwd, env: { COLUMNS: '' } })
    expect(header(piped)).toMatch(/Count \/ of +Bar/)
    expect(header(wide).length).toBeGreaterThan(header(narrow).length - 1)
    expect(Math.max(...narrow.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
    expect([plain(wide), plain(narrow)]).toEqual([wide, narrow])
  })

  it('as CSV starts no cell like a formula, however a unit is called', async () => {
    const text = await succeed([...JUNE, '--format', 'csv'], { cwd })
    expect(text).toContain("'=cmd|")
    expect(text.split(/[\n,]/).filter((cell) => /^"?[=@+]/.test(cell))).toEqual([])
  })
})

describe('a report into a file', () => {
  it('is of no other format than the ending of its file says', async () => {
    const { status, stderr } = await run([...JUNE, '--format', 'json', '--out', 'other.json', 'other.csv'], { cwd })
    expect([status, JSON.parse(stderr)]).toMatchObject([2, { error: { code: 'usage', message: 'other.csv would not be csv, but json' } }])
    expect(readdirSync(cwd).filter((name) => name.startsWith('other'))).toEqual([])
  })

  it('is in the format that its ending names, and in no other', async () => {
    const { status, stderr } = await run([...JUNE, '--out', 'kpi.xls'], { cwd })
    expect([status, stderr]).toEqual([
      2,
      'kpi.xls: no format is called .xls\n   .txt, .json, .csv, .md, .html, .xlsx, .docx; or --format\n',
    ])
    expect(readdirSync(cwd)).not.toContain('kpi.xls')
    expect(await succeed([...JUNE, '--out', 'one.json', 'one.txt', '--quiet'], { cwd })).toBe('')
    expect([readFileSync(join(cwd, 'one.json'), 'utf8')[0], readFileSync(join(cwd, 'one.txt'), 'utf8')]).toEqual([
      '{',
      expect.stringContaining('58.33 %'),
    ])
  })

  it('is what would have been printed, and nothing else is left behind', async () => {
    const out = join(cwd, 'made')
    mkdirSync(out)
    const { stdout, status } = await run([...JUNE, '--format', 'json', '--out', 'made/kpi.json'], { cwd })
    expect([status, stdout]).toEqual([0, ''])
    expect(readFileSync(join(out, 'kpi.json'), 'utf8')).toBe(await succeed([...JUNE, '--format', 'json'], { cwd }))
    expect(readdirSync(out)).toEqual(['kpi.json'])
  })

  it('is whole whoever else writes it at the same time', async () => {
    const args = [...JUNE, '--format', 'json', '--out', 'shared.json', '--quiet']
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => runProgram(args, { cwd })))
    expect(outcomes.map(({ status, stderr }) => [status, stderr])).toEqual(Array(5).fill([0, '']))
    expect(JSON.parse(readFileSync(join(cwd, 'shared.json'), 'utf8'))).toMatchObject({ schema: 'cchc.report/1' })
  })

  it('leaves the last good one in place when a run fails', async () => {
    write(cwd, 'last.csv', 'the last good report\n')
    const outcomes = await Promise.all([
      run(['report', '--metric', 'no_such_rate', '--out', 'last.csv'], { cwd }),
      run(['report', '--period', 'someday', '--out', 'last.csv'], { cwd }),
      run(['report', '--db', 'none.duckdb', '--out', 'last.csv'], { cwd }),
    ])
    expect(outcomes.map(({ status }) => status)).toEqual([2, 2, 6])
    expect(readFileSync(join(cwd, 'last.csv'), 'utf8')).toBe('the last good report\n')
  })

  it('that can not be written is an error that names the file and why', async () => {
    const { status, stdout, stderr } = await run([...JUNE, '--out', 'no/such/folder/kpi.csv', '--format', 'csv'], { cwd })
    expect([status, stdout]).toEqual([3, ''])
    expect(stderr).toMatch(/no\/such\/folder\/kpi\.csv.*no such folder/)
    expect(existsSync(join(cwd, 'no'))).toBe(false)
  })
})

describe('writing a file whole', () => {
  it('replaces a file, and takes bytes as well as text', () => {
    const file = write(tempFolder(), 'a.txt', 'old and longer')
    writeWhole(file, 'new')
    expect(readFileSync(file, 'utf8')).toBe('new')
    writeWhole(file, new Uint8Array([1, 2, 3]))
    expect([...readFileSync(file)]).toEqual([1, 2, 3])
  })

  it('refuses a folder or a path through a file and leaves nothing behind', () => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'taken'))
    const file = write(folder, 'file', 'x')
    for (const path of [join(folder, 'taken'), join(file, 'inside')]) expect(() => writeWhole(path, 'new')).toThrow(ToolError)
    expect(readdirSync(folder).toSorted()).toEqual(['file', 'taken'])
  })

  it('follows links, also to a file that is not there yet, and leaves them links', () => {
    const folder = tempFolder()
    write(folder, 'real.txt', 'old')
    for (const [link, leads] of [
      ['link.txt', 'real.txt'],
      ['far.txt', 'link.txt'],
      ['new.txt', 'later.txt'],
      ['round.txt', 'round.txt'],
    ] as const)
      symlinkSync(leads, join(folder, link))
    writeWhole(join(folder, 'far.txt'), 'far')
    writeWhole(join(folder, 'new.txt'), 'new')
    expect(() => writeWhole(join(folder, 'round.txt'), 'x')).toThrow(/lead nowhere/)
    expect(['real.txt', 'later.txt'].map((name) => readFileSync(join(folder, name), 'utf8'))).toEqual(['far', 'new'])
    expect(['link.txt', 'far.txt', 'new.txt'].every((name) => lstatSync(join(folder, name)).isSymbolicLink())).toBe(true)
  })

  it.skipIf(process.platform === 'win32')('writes into a pipe that is read, and refuses one that nobody reads', async () => {
    const pipe = join(tempFolder(), 'pipe')
    execFileSync('mkfifo', [pipe])
    expect(() => writeWhole(pipe, 'x')).toThrow(/nobody reads/)
    const reader = spawn('cat', [pipe], { stdio: ['ignore', 'pipe', 'ignore'] })
    const opened = open(pipe, constants.O_WRONLY)
    const text = new Promise<string>((done) => {
      let all = ''
      reader.stdout.on('data', (part: Buffer) => (all += part.toString()))
      reader.stdout.on('end', () => done(all))
    })
    const held = await opened
    writeWhole(pipe, 'through')
    await held.close()
    expect(await text).toBe('through')
    expect(statSync(pipe).isFIFO()).toBe(true)
  })

  it.skipIf(process.platform === 'win32')('writes to a device and leaves it one', () => {
    writeWhole('/dev/null', 'nothing')
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })
})
