import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

import { loadDefinitions } from '../../src/definitions/load.js'
import { ToolError } from '../../src/errors.js'
import { readOfficeConditions } from '../../src/measure/predicates.js'
import { run, succeed, tempFolder, write } from '../support/program.js'

const cwd = tempFolder()
const db = join(cwd, 'cchc.duckdb')
const folder = join(cwd, 'definitions')

const metric = (counts: string): string => `own_rate:
  label: { vi: A, en: Own rate }
  short: { vi: A, en: Own }
  definition: { vi: A, en: B }
  population: received
  counts: ${JSON.stringify(counts)}
  direction: higher
  source: plan
`

beforeAll(async () => {
  write(cwd, 'cchc.yaml', 'lang: en\n')
  mkdirSync(folder)
  write(cwd, 'list.csv', 'Mã hồ sơ,Ngày tiếp nhận,Hình thức nộp\n240603-0001,03/06/2024,Trực tuyến\n')
  write(cwd, 'secret.csv', 'a\nTOP-SECRET\n')
  await succeed(['ingest', 'list.csv'], { cwd })
})

const define = (counts: string): void => writeFileSync(join(folder, 'metrics.yaml'), metric(counts))
const report = (counts: string) => {
  define(counts)
  return run(['report', '--period', '2024-06', '--metric', 'own_rate', '--format', 'json'], { cwd })
}

async function problemOf(counts: string): Promise<unknown> {
  define(counts)
  return readOfficeConditions(await loadDefinitions(folder)).catch((error: unknown) => error)
}

function expectNoHarm(before: Buffer): void {
  expect(readFileSync(db).equals(before)).toBe(true)
  expect([existsSync(join(cwd, 'stolen.csv')), existsSync(join(cwd, 'other.duckdb'))]).toEqual([false, false])
}

describe("an office's own condition", () => {
  it('counts what it says', async () => {
    const { status, stdout } = await report("channel = 'online' AND received_at >= DATE '2024-06-01'")
    expect([status, (JSON.parse(stdout) as { rows: unknown[] }).rows[0]]).toEqual([
      0,
      expect.objectContaining({ numerator: 1, denominator: 1 }),
    ])
  })

  it.each([
    ['a word that is not a column', 'colour = 1'],
    ['a value the column can not have', "channel = 'phone'"],
    ['such a value among others', "status NOT IN ('resolved', 'finished')"],
    ['what is not SQL', "channel = 'online"],
    ['nothing true or false', "channel || 'x'"],
    ['an aggregate', 'count(*) > 1'],
    ['a file', "(SELECT content FROM read_text('/etc/passwd')) IS NOT NULL"],
    ['a file by its name', `(SELECT count(*) FROM '${join(cwd, 'secret.csv')}') > 0`],
    ['another table', '(SELECT count(*) FROM target_version) >= 0'],
    ['the catalogue', '(SELECT count(*) FROM duckdb_settings()) > 0'],
    ['the environment', "getenv('HOME') IS NOT NULL"],
    ['a second statement', 'true) FROM dossier; DROP TABLE dossier_version; SELECT count_if(true'],
    ['a second statement that only reads', 'true) FROM dossier; SELECT count_if(true'],
    ['a comment that hides the rest', 'true) FROM dossier; DELETE FROM load; --'],
    ['an export', `true) FROM dossier; COPY dossier TO '${join(cwd, 'stolen.csv')}'; SELECT count_if(true`],
    ['another database', `true) FROM dossier; ATTACH '${join(cwd, 'other.duckdb')}' AS other; SELECT count_if(true`],
    ['a setting', 'true) FROM dossier; SET enable_external_access = true; SELECT count_if(true'],
    ['a pragma', 'true) FROM dossier; PRAGMA database_list; SELECT count_if(true'],
    ['an extension', 'true) FROM dossier; INSTALL httpfs; SELECT count_if(true'],
  ])('that has %s is refused, names the metric and does no harm', async (_, counts) => {
    const before = readFileSync(db)
    const problem = await problemOf(counts)
    expectNoHarm(before)
    expect(problem).toBeInstanceOf(ToolError)
    expect(problem).toMatchObject({ code: 'invalid_definition', exitStatus: 3, message: expect.stringContaining('own_rate') })
  })

  it.each([
    ['reads a file', "(SELECT content FROM read_text('/etc/passwd')) IS NOT NULL"],
    ['drops a table', 'true) FROM dossier; DROP TABLE dossier_version; SELECT count_if(true'],
    ['writes a file', `true) FROM dossier; COPY dossier TO '${join(cwd, 'stolen.csv')}'; SELECT count_if(true`],
  ])('that %s makes the program end with 3 and a clear error', async (_, counts) => {
    const before = readFileSync(db)
    const { status, stdout, stderr } = await report(counts)
    expectNoHarm(before)
    expect(stderr).not.toMatch(/root:x:|\n\s+at /)
    expect([status, stdout]).toEqual([3, ''])
    expect(JSON.parse(stderr)).toMatchObject({
      error: {
        code: 'invalid_definition',
        message: expect.stringContaining('own_rate'),
        place: { file: expect.stringContaining('metrics.yaml') },
      },
    })
  })

  it('that is wrong is refused before any data are read, whatever is asked', async () => {
    define('colour = 1')
    const outcomes = await Promise.all([
      run(['report', '--metric', 'online_submission_rate'], { cwd }),
      run(['ingest', 'no-such-file.csv'], { cwd }),
      run(['metrics'], { cwd }),
    ])
    for (const { status, stderr } of outcomes) expect([status, stderr]).toEqual([3, expect.stringMatching(/own_rate.*colour = 1/)])
  })

  it('counts also where its id is that of a shipped metric', async () => {
    writeFileSync(join(folder, 'metrics.yaml'), metric('true').replace('own_rate', 'online_submission_rate'))
    const args = ['report', '--period', '2024-06', '--metric', 'online_submission_rate', '--format', 'json']
    const body = JSON.parse(await succeed(args, { cwd })) as { rows: unknown[] }
    expect(body.rows[0]).toMatchObject({ label: { en: 'Own rate' }, numerator: 1 })
  })
})
