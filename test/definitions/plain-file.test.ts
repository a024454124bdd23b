import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { run, succeed, tempFolder, write } from '../support/program.js'

const UNITS = 'Mã đơn vị,Tên đơn vị,Cấp\n1,Sở Tư pháp,Cấp tỉnh\n'
const DOSSIERS = 'Mã hồ sơ,Ngày tiếp nhận,Số CCCD\nA-1,01/06/2024,001\n'

/** What may stand where a small text file is expected. */
const THINGS: [string, (path: string) => void, string][] = [
  ['a folder', (path) => mkdirSync(path), 'is_directory'],
  ['a pipe that nobody writes to', (path) => execFileSync('mkfifo', [path]), 'not_a_file'],
  ['a link to nothing', (path) => symlinkSync('nowhere', path), 'file_not_found'],
  ['a text that is not UTF-8', (path) => writeFileSync(path, Buffer.from([0x61, 0x3a, 0x20, 0xe0, 0x0a])), 'invalid_definition'],
]
const PLACES: [string, string[]][] = [
  ...['metrics', 'policies', 'statuses', 'columns', 'sentences'].map((name): [string, string[]] => [`definitions/${name}.yaml`, ['units']]),
  ...['forms', 'layouts', 'reports'].map((name): [string, string[]] => [`definitions/${name}/own.yaml`, ['units']]),
  ['own.yaml', ['units', '--config', 'own.yaml']],
  ['own.yaml', ['inspect', 'units.csv', '--layout', 'own.yaml']],
  ['cchc.duckdb.key', ['ingest', 'list.csv', '--keep-hash', 'Số CCCD']],
]

describe.each(THINGS)('%s where a file of the office is expected is refused, by its name', (_thing, put, code) => {
  test.each(PLACES)('%s', async (place, args) => {
    const cwd = tempFolder()
    write(cwd, 'units.csv', UNITS)
    write(cwd, 'list.csv', DOSSIERS)
    await succeed(['ingest', 'units.csv'], { cwd })
    mkdirSync(dirname(join(cwd, place)), { recursive: true })
    put(join(cwd, place))
    const { status, stderr } = await run([...args, '--format', 'json'], { cwd })
    const said = code === 'file_not_found' && args.includes('--config') ? 'usage' : code
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: said } })
    expect(stderr).toContain(place)
    expect(status).toBe(said === 'usage' ? 2 : 3)
  })
})

test.each(['definitions', 'definitions/forms', 'definitions/layouts', 'definitions/reports'])(
  'a file where the folder %s is expected is refused',
  async (place) => {
    const cwd = tempFolder()
    write(cwd, 'units.csv', UNITS)
    mkdirSync(dirname(join(cwd, place)), { recursive: true })
    writeFileSync(join(cwd, place), 'x')
    const { status, stderr } = await run(['ingest', 'units.csv'], { cwd })
    expect([status, stderr]).toEqual([3, expect.stringContaining(`${place}: this is not a folder`)])
  },
)

test('a pipe as the project file is refused, also where only the language is asked of it', async () => {
  const cwd = tempFolder()
  execFileSync('mkfifo', [join(cwd, 'cchc.yaml')])
  const { status, stderr } = await run(['config'], { cwd })
  expect([status, stderr]).toEqual([3, expect.stringContaining('cchc.yaml: this is not a file')])
  expect((await run(['--help'], { cwd })).status).toBe(0)
})
