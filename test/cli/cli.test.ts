import { cpSync, mkdirSync } from 'node:fs'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { COMMANDS } from '../../src/commands/commands.js'
import { dossier, HEADER } from '../support/facts.js'
import { cleanEnvironment, csv, finish, ROOT, run, start, succeed, tempFolder, write } from '../support/program.js'

const GLOBAL = ['--db', '--config', '--lang', '--as-of', '--quiet', '--verbose', '--no-color', '--format']

describe.concurrent('help', () => {
  test('lists every command, with the exit statuses', async () => {
    const help = await succeed(['--help'])
    expect(help).toBe(await succeed(['help']))
    for (const { name } of COMMANDS) expect(help).toMatch(new RegExp(`^  ${name}\\b`, 'm'))
    expect(help).toMatch(/0 done.*1 our fault.*2 usage.*3 input not acceptable.*5 store busy/s)
  })
  for (const { name, options = [], formats = [], examples = [] } of COMMANDS) {
    test(`of ${name} mentions every option, format and example`, async () => {
      const help = await succeed([name, '--help'])
      for (const flags of [...options.map(([long]) => long.split(' ')[0]!), ...GLOBAL, ...formats]) expect(help).toContain(flags)
      for (const example of examples) expect(help).toContain(example)
    })
  }
  test('is what a program without a command says, as a usage error', async () => {
    const { status, stdout, stderr } = await run([])
    expect(status).toBe(2)
    expect(stdout + stderr).toContain('Usage: cchc')
  })
  test('and the version need no store', async () => {
    expect(await succeed(['--version'])).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})

describe.concurrent('a mistake in the command is a usage error, exit status 2, with one line that names it', () => {
  for (const args of [
    ['ingets'],
    ['loads', '--bogus'],
    ['ingest'],
    ['ingest', 'a.csv', '--kind', 'dossier'],
    ['ingest', 'a.csv', '--layout', 'no-such-layout'],
    ['ingest', 'a.csv', '--wait', 'soon'],
    ['loads', '--format', 'yaml'],
    ['loads', '--lang', 'fr'],
    ['loads', '--config', 'missing.yaml'],
    ['report', '--by', 'planet'],
    ['report', '--period', '2025-13'],
    ['report', '--as-of', '2024-02-30'],
    ['metrics', 'onlne_submission_rate'],
  ]) {
    test(`cchc ${args.join(' ')}`, async () => {
      const cwd = tempFolder()
      write(cwd, 'a.csv', csv([HEADER, dossier(1)]))
      if (args[0] === 'report') await succeed(['ingest', 'a.csv'], { cwd })
      const { status, stdout, stderr } = await run(args, { cwd })
      expect(status, stderr).toBe(2)
      expect(stdout).toBe('')
      expect(stderr).toContain(args.at(-1) === 'ingest' ? 'file' : args.at(-1))
      expect(stderr).not.toMatch(/^\s+at |node:internal/m)
    })
  }
  test('with what was meant, when it is near', async () => {
    expect((await run(['metrics', 'onlne_submission_rate'])).stderr).toContain('online_submission_rate')
    expect((await run(['ingets', 'a.csv'])).stderr).toContain('ingest')
  })
  test('and JSON under --format json', async () => {
    const { status, stderr } = await run(['report', '--period', '2025-13', '--format', 'json'])
    expect(status).toBeGreaterThan(0)
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } })
    const unknown = await run(['loads', '--bogus', '--format', 'json'])
    expect(unknown.status).toBe(2)
    expect(JSON.parse(unknown.stderr)).toMatchObject({ error: { code: 'usage' } })
  })
})

describe.concurrent('output', () => {
  test('on stdout is the result only, and has no colours', async () => {
    const cwd = tempFolder()
    const file = write(
      cwd,
      'a.csv',
      csv([
        [...HEADER, 'Chủ hồ sơ'],
        [...dossier(1), 'Người Một'],
        [...dossier(2, { 'Hình thức nộp': 'Bồ câu' }), 'Người Hai'],
      ]),
    )
    const json = await run(['ingest', '--max-rejects', '50%', '--format', 'json', file], { cwd, env: { NO_COLOR: '', FORCE_COLOR: '1' } })
    expect(json.status).toBe(0)
    expect(JSON.parse(json.stdout)).toMatchObject({ schema: 'cchc.ingest/1' })
    for (const args of [['loads'], ['report'], ['metrics'], ['ingest', file]]) {
      const { stdout, stderr } = await run(args, { cwd, env: { LANG: 'vi_VN.UTF-8' } })
      expect(stdout + stderr).not.toContain('\u001b')
    }
    const quiet = await run(['ingest', '--quiet', write(cwd, 'b.csv', csv([HEADER, dossier(3)]))], { cwd })
    expect(quiet).toMatchObject({ status: 0, stderr: '' })
  })

  test('into a pipe that closes early is a success', async () => {
    const cwd = tempFolder()
    const bad = Array.from({ length: 4000 }, (_, i) => dossier(i + 1, { 'Hình thức nộp': `Bồ câu đưa thư số ${i}` }))
    await succeed(['ingest', '--max-rejects', '100%', write(cwd, 'a.csv', csv([HEADER, ...bad]))], { cwd })
    const child = start(['loads', '--rejected', '--format', 'csv'], { cwd })
    child.stdout!.once('data', () => child.stdout!.destroy())
    const { status, stderr } = await finish(child)
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})

test('a program that is not built says so in one line', async () => {
  const folder = tempFolder()
  mkdirSync(join(folder, 'bin'))
  cpSync(join(ROOT, 'bin', 'cchc.js'), join(folder, 'bin', 'cchc.mjs'))
  const child = spawn(process.execPath, [join(folder, 'bin', 'cchc.mjs'), 'loads'], { env: cleanEnvironment() })
  let printed = ''
  child.stderr.on('data', (chunk: Buffer) => (printed += chunk))
  const [status] = (await once(child, 'close')) as [number]
  expect(status).toBe(1)
  expect(printed).toMatch(/^cchc is not built[^\n]*npm run build\n$/)
})
