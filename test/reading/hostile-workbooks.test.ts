import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

// @ts-expect-error plain JavaScript without types
import * as samples from '../../data-samples/lib/workbooks.js'
import { ROOT, runProgram, tempFolder, write } from '../support/program.js'

interface Hostile {
  file: string
  content: () => Buffer
  code: string
  sheet?: string
}

/** What is refused before its rows are read: no workbook at all, or a sheet without a header. */
const EARLIER: Record<string, string> = {
  'bomb-strings.xlsx': 'unknown_kind',
  'bomb-strings-empty.xlsx': 'unknown_kind',
  'empty.xlsx': 'empty_file',
  'program.xlsx': 'binary_file',
  'photos.zip': 'binary_file',
  'letter.odt': 'binary_file',
}

test('the program refuses every hostile workbook, all of them in one process of bounded memory', async () => {
  const hostile = (samples.HOSTILE_WORKBOOKS as Hostile[]).filter(({ sheet }) => sheet === undefined)
  const cwd = tempFolder()
  for (const { file, content } of hostile) write(cwd, file, content())
  const files = hostile.map(({ file }) => file)
  const peak = join(cwd, 'peak')
  const env = { NODE_OPTIONS: `--import ${join(ROOT, 'test/bench/peak.js')}`, PEAK_FILE: peak }
  const outcome = await runProgram(['ingest', '--format', 'json', ...files], { cwd, env })
  const results = (JSON.parse(outcome.stdout) as { files: { file: string; error: { code: string } | null }[] }).files
  const expected = hostile.map(({ file, code }) => ({ file, code: EARLIER[file] ?? code }))
  expect(results.map(({ file, error }) => ({ file, code: error?.code }))).toEqual(expected)
  expect(outcome.status).toBe(3)
  expect(outcome.stderr).not.toMatch(/^\s+at |node:internal/m)
  expect(Number(readFileSync(peak, 'utf8'))).toBeLessThan(400e6)
})
