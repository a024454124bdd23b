import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { expandFiles } from '../../src/reading/files.js'
import { dossier, HEADER } from '../support/facts.js'
import { csv, run, succeed, tempFolder, write } from '../support/program.js'

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
