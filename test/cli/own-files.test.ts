import { copyFileSync, mkdirSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'

import { dossier, HEADER } from '../support/facts.js'
import { csv, run, succeed, tempFolder, write } from '../support/program.js'

const cwd = tempFolder()
const own: string[] = []
const PERIOD = ['--period', '2024-05']

/** Writes a file by --out, or what is printed, into the folder. */
async function put(name: string, args: string[], isPrinted = false): Promise<void> {
  const printed = await succeed([...args, ...(isPrinted ? [] : ['--out', `in/${name}`])], { cwd })
  if (isPrinted) write(join(cwd, 'in'), name, printed)
  own.push(join('in', name))
}

beforeAll(async () => {
  mkdirSync(join(cwd, 'in'))
  const rows = [dossier(1), dossier(2), dossier(3, { 'Ngày tiếp nhận': '31/02/2024' }), dossier(4, { 'Trạng thái': 'Đang chờ ý kiến lạ' })]
  write(join(cwd, 'in'), 'may.csv', csv([[...HEADER, 'Lĩnh vực'], ...rows.map((one) => [...one, 'Hộ tịch'])]))
  await succeed(['ingest', '--max-rejects', '50%', 'in/may.csv'], { cwd })
  for (const lang of ['vi', 'en'])
    for (const ending of ['csv', 'xlsx', 'html', 'md', 'docx', 'json']) {
      for (const by of ['unit', 'field', 'level'])
        await put(`form-${by}-${lang}.${ending}`, ['form', 'ii06', ...PERIOD, '--by', by, '--lang', lang])
      await put(`report-${lang}.${ending}`, ['report', ...PERIOD, '--lang', lang])
    }
  await put('rejected.csv', ['loads', '--rejected', '--format', 'csv'], true)
  await put('loads.csv', ['loads', '--format', 'csv'], true)
  await put('loads.json', ['loads', '--format', 'json'], true)
  await succeed(['ingest', ...PERIOD, 'in/form-unit-vi.xlsx'], { cwd })
  await put('indicators.csv', ['indicators', '--format', 'csv'], true)
  await put('inspect.json', ['inspect', 'in/may.csv', '--max-rejects', '50%', '--format', 'json'], true)
  await succeed(['inspect', 'in/may.csv', '--write-vocabulary', 'in/words.yaml'], { cwd })
  write(join(cwd, 'in'), 'cchc.yaml', 'lang: en\n')
  copyFileSync(join(cwd, 'cchc.duckdb'), join(cwd, 'in', 'cchc.duckdb'))
  own.push(...['words.yaml', 'cchc.yaml', 'cchc.duckdb'].map((name) => join('in', name)))
})

test('files of ours in a folder are skipped and named, in loading and in looking, and all others are read', async () => {
  const db = ['--db', 'in/cchc.duckdb']
  for (const command of [
    ['ingest', '--dry-run', '--max-rejects', '50%'],
    ['inspect', '--max-rejects', '50%'],
  ]) {
    const said = JSON.parse((await run([...command, 'in', ...db, '--format', 'json'], { cwd })).stdout) as {
      files: { file: string }[]
      written_by_cchc: string[]
      passed_over: string[]
    }
    expect(said.files.map(({ file }) => file)).toEqual([join('in', 'may.csv')])
    expect(new Set(said.written_by_cchc)).toEqual(new Set(own))
    expect(said.passed_over).toEqual([])
    const { stderr } = await run([...command, 'in', ...db, '--lang', 'vi'], { cwd })
    expect(stderr).toContain(`bỏ qua ${own.length} tệp do cchc lập: `)
  }
})

test('a folder with nothing else says so; a form that is named is loaded', async () => {
  mkdirSync(join(cwd, 'only'))
  renameSync(join(cwd, 'in', 'form-unit-en.xlsx'), join(cwd, 'only', 'form.xlsx'))
  const { status, stderr } = await run(['ingest', 'only'], { cwd })
  expect([status, stderr]).toEqual([3, expect.stringMatching(/nothing here but files written by cchc: .*form\.xlsx/)])
  await succeed(['ingest', 'only/form.xlsx'], { cwd })
})
