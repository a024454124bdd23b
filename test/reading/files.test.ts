import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { expandFiles } from '../../src/reading/files.js'
import { dossier, HEADER } from '../support/facts.js'
import { csv, ROOT, run, succeed, tempFolder, write } from '../support/program.js'

function folder(): string {
  const root = tempFolder()
  for (const inside of ['in/2025', 'in/.git', 'empty']) mkdirSync(join(root, inside), { recursive: true })
  for (const name of ['b.csv', 'a.xlsx', '2025/c.tsv', '2025/d.csv.gz', 'note.docx', '.hidden.csv', '~$a.xlsx', '.git/x.csv'])
    write(root, `in/${name}`, 'x')
  return root
}

describe('what a user names', () => {
  const root = folder()
  const under = (...names: string[]): string[] => names.map((name) => join(root, name))

  test('may be a folder: its exports, deep down too; hidden files are nothing to it', () => {
    expect(expandFiles(under('in'))).toEqual({
      files: under('in/2025/c.tsv', 'in/2025/d.csv.gz', 'in/a.xlsx', 'in/b.csv'),
      passedOver: under('in/note.docx'),
      named: new Set(),
    })
  })

  test.each([
    ['in/*.csv', ['in/b.csv']],
    ['in/?.*', ['in/a.xlsx', 'in/b.csv']],
    ['in/**/*.tsv', ['in/2025/c.tsv']],
    ['in/**/[ab]*', []],
    ['in/*', ['in/2025/c.tsv', 'in/2025/d.csv.gz', 'in/a.xlsx', 'in/b.csv']],
  ])('may be the pattern %s', (pattern, expected) => {
    const found = (): string[] => expandFiles(under(pattern)).files
    if (expected.length > 0) expect(found()).toEqual(under(...expected))
    else expect(found).toThrow(/no file matches/)
  })

  test('is read once, and a file named by itself whatever its name', () => {
    expect(expandFiles(under('in/note.docx', 'in/b.csv', 'in', 'in/b.csv')).files).toEqual(
      under('in/note.docx', 'in/b.csv', 'in/2025/c.tsv', 'in/2025/d.csv.gz', 'in/a.xlsx'),
    )
    expect(expandFiles(under('gone.csv')).files).toEqual(under('gone.csv'))
  })

  test('must have something in it', () => {
    expect(() => expandFiles(under('empty'))).toThrow(/no exports in this folder/)
  })
})

/** Runs a few lines of a program as somebody who may not read everything. */
function asNobody(script: string): string {
  const drop = 'if (process.getuid() === 0) { process.setegid(65534); process.seteuid(65534) }'
  const index = JSON.stringify(join(ROOT, 'dist', 'index.js'))
  const lines = `const { expandFiles } = await import(${index}); ${drop}
    const said = (names) => { try { return expandFiles(names).files } catch (error) { return [error.code, error.place.file] } }
    console.log(JSON.stringify(${script}))`
  return execFileSync(process.execPath, ['--input-type=module', '-e', lines], { encoding: 'utf8' })
}

test('a folder that may not be looked into is named, unless a pattern can have nothing in it', () => {
  const root = tempFolder()
  chmodSync(root, 0o755)
  mkdirSync(join(root, 'in', 'shut'), { recursive: true })
  write(root, 'in/a.csv', 'x')
  chmodSync(join(root, 'in', 'shut'), 0)
  const names = ['in', 'in/*', 'in/**/*.csv', 'in/a*.csv'].map((name) => [join(root, name)])
  const shut = ['file_unreadable', join(root, 'in', 'shut')]
  expect(JSON.parse(asNobody(`${JSON.stringify(names)}.map(said)`))).toEqual([shut, shut, shut, [join(root, 'in/a.csv')]])
  chmodSync(join(root, 'in', 'shut'), 0o755)
})

describe.runIf(process.platform === 'linux')('a name that is not UTF-8', () => {
  const put = (cwd: string, name: string, text: string): void =>
    writeFileSync(Buffer.concat([Buffer.from(`${cwd}/`), Buffer.from(name, 'latin1')]), text)

  test('is found by itself, by a pattern and in a folder, whose own name may be so too', async () => {
    const cwd = tempFolder()
    mkdirSync(Buffer.concat([Buffer.from(`${cwd}/`), Buffer.from('th\xe1ng', 'latin1')]))
    put(cwd, 'h\xe0.csv', csv([HEADER, dossier(1)]))
    put(cwd, 'th\xe1ng/\xff.csv', csv([HEADER, dossier(2)]))
    for (const [i, [name, file]] of (
      [
        ['h\ufffd.csv', 'h\ufffd.csv'],
        ['h*.csv', 'h\ufffd.csv'],
        ['th\ufffdng', 'th\ufffdng/\ufffd.csv'],
        ['th*', 'th\ufffdng/\ufffd.csv'],
      ] as const
    ).entries()) {
      const said = JSON.parse(await succeed(['ingest', name, '--format', 'json', '--db', `${cwd}/${i}.duckdb`], { cwd }))
      expect(said).toMatchObject({ files: [{ file, read: 1, loaded: 1 }] })
    }
  })

  test('and that another file has too, but for those bytes, is refused', async () => {
    const cwd = tempFolder()
    put(cwd, 'h\xe0.csv', csv([HEADER, dossier(1)]))
    put(cwd, 'h\xe1.csv', csv([HEADER, dossier(2)]))
    for (const name of ['h\ufffd.csv', '.']) {
      const { status, stderr } = await run(['ingest', name], { cwd })
      expect([status, stderr]).toEqual([3, expect.stringContaining('2 files have this name')])
    }
  })
})

describe.concurrent('loading a folder', () => {
  function exports(): string {
    const cwd = tempFolder()
    mkdirSync(join(cwd, 'in'))
    write(cwd, 'in/a.csv', csv([HEADER, dossier(1), dossier(2)]))
    write(cwd, 'in/b.csv', csv([HEADER, dossier(3), dossier(3, { 'Ngày hẹn trả': '31/02/2024' })]))
    write(cwd, 'in/z.csv', 'what,ever\n1,2\n')
    return cwd
  }

  test('gives a table of its files with totals, and the exit status of the worst; the others stay loaded', async () => {
    const cwd = exports()
    const { status, stdout, stderr } = await run(['ingest', 'in', '--max-rejects', '1'], { cwd })
    expect(status).toBe(3)
    expect(stdout.split('\n').map((line) => line.trim().split(/ {2,}/))).toEqual([
      ['File', 'Kind', 'Read', 'Loaded', 'Rejected'],
      ['✓ in/a.csv', 'dossiers', '2', '2', '0'],
      ['✓ in/b.csv', 'dossiers', '2', '1', '1'],
      ['✗ in/z.csv', 'not loaded'],
      ['3 files', '4', '3', '1'],
      [''],
    ])
    expect(stderr).toMatch(/1 row rejected.*\n ✗ in\/z.csv/)
    expect(await succeed(['report', '--period', '2024-05', '--metric', 'online_submission_rate', '--format', 'csv'], { cwd })).toMatch(
      /,3,3,1,/,
    )
  })

  test('in rehearsal says all of it and changes nothing', async () => {
    const cwd = exports()
    const rehearsed = await run(['ingest', 'in', '--max-rejects', '1', '--dry-run'], { cwd })
    expect([rehearsed.status, rehearsed.stderr]).toEqual([3, expect.stringContaining('nothing was changed')])
    expect(await succeed(['loads', '--format', 'json'], { cwd })).toContain('"loads":[]')
    expect((await run(['ingest', 'in', '--max-rejects', '1'], { cwd })).stdout).toBe(rehearsed.stdout)
  })
})
