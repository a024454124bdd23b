import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'

import { cleanEnvironment, ROOT, SAMPLES, tempFolder, watch } from './support/program.js'

const isUpdate = process.env.GOLDEN === 'update'
const scratch = tempFolder()

/** A committed output: how it is made, how wide the terminal is, and whether the file is the bare result or all that is seen. */
interface Golden {
  args: string[]
  width?: number
  bare?: boolean
  mask?: RegExp
}

const FILES = [
  'units',
  'unit-changes',
  'plan',
  'dossiers-2024',
  'dossiers-2025',
  'list-export',
  'payment-export',
  'survey-2024',
  'survey-2025',
  'kiosk-2025',
]
const BY_UNIT = ['report', '--period', '2025', '--by', 'level,unit', '--format']
const MONTH = ['report', '--period', '2025-09', '--lang', 'vi', '--format']
const YEAR = ['report', '--period', '2024', '--by', 'level']
const DAY_AND_TIME = /\d{4}-\d\d-\d\d \d\d:\d\d/g

const GOLDEN: Record<string, Golden> = {
  'ingest.txt': { args: ['ingest', ...FILES.map((name) => `${name}.csv`)] },
  'ingest-again.txt': { args: ['ingest', 'dossiers-2024.csv', 'dossiers-2025.csv'] },
  'report-2024-en-80.txt': { args: [...YEAR, '--lang', 'en'] },
  'report-2024-en-160.txt': { args: [...YEAR, '--lang', 'en'], width: 160 },
  'report-2024-vi-80.txt': { args: [...YEAR, '--lang', 'vi'] },
  'report-2024-vi-160.txt': { args: [...YEAR, '--lang', 'vi'], width: 160 },
  'report-2025-by-level-unit.json': { args: [...BY_UNIT, 'json'], bare: true },
  'report-2025-by-level-unit.csv': { args: [...BY_UNIT, 'csv'], bare: true },
  'report-2025-second-half-vi.txt': { args: ['report', '--period', '2025-07..2025-12', '--by', 'level', '--lang', 'vi'], width: 100 },
  'report-2025-by-month-vi.txt': {
    args: ['report', '--period', '2025', '--by', 'month', '--metric', 'online_submission_rate', 'on_time_rate', '--lang', 'vi'],
    width: 100,
  },
  'report-2025-year-ago-vi.txt': { args: ['report', '--period', '2025', '--compare', 'year-ago', '--lang', 'vi'], width: 120 },
  'check-2025-en.txt': { args: ['check', '--period', '2025', '--by', 'level,unit', '--lang', 'en'], width: 120 },
  'check-2025-vi-80.txt': { args: ['check', '--period', '2025', '--by', 'level', '--lang', 'vi'] },
  'loads.txt': { args: ['loads'], width: 120, mask: DAY_AND_TIME },
  'loads-rejected.csv': { args: ['loads', '--rejected', '--format', 'csv'], bare: true },
  'metrics.txt': { args: ['metrics'], width: 100 },
  'metric-online-payment-rate.txt': { args: ['metrics', 'online_payment_rate'], width: 100 },
  'inspect-dossiers-2025.txt': { args: ['inspect', 'dossiers-2025.csv'] },
  'report-2025-as-was-vi.txt': {
    args: ['report', '--period', '2025', '--by', 'unit', '--metric', 'on_time_rate', '--units', 'as-was', '--lang', 'vi'],
    width: 100,
  },
  'report-2025-units-vi.txt': {
    args: ['report', '--period', '2025', '--by', 'unit', '--metric', 'on_time_rate', '--lang', 'vi'],
    width: 100,
  },
  'form-ii06-2025-q1-vi.txt': {
    args: ['form', 'ii06', '--period', '2025-Q1', '--lang', 'vi'],
    width: 140,
    mask: /(?<=lần nạp \d+ \()[^)]+/,
  },
  'form-ii06-2025-q3-vi.csv': {
    args: ['form', 'ii06', '--period', '2025-Q3', '--by', 'unit', '--lang', 'vi', '--format', 'csv'],
    bare: true,
  },
  'form-digitisation-2025-09-en.txt': { args: ['form', 'digitisation', '--period', '2025-09', '--by', 'level', '--lang', 'en'] },
  'units.txt': { args: ['units', '--all'], width: 160 },
  'unit-changes-vi.txt': { args: ['units', '--changes', '--lang', 'vi'], width: 100 },
  'monthly-2025-09-vi.html': { args: [...MONTH, 'html'], bare: true },
  'monthly-2025-09-vi.md': { args: [...MONTH, 'md'], bare: true },
  'targets.txt': { args: ['targets'], width: 160 },
}

describe('the small province', () => {
  const work = join(scratch, 'small-province')
  const reports = join(ROOT, 'reports', 'small-province')
  let ingested = ''

  beforeAll(async () => {
    cpSync(join(SAMPLES, 'small-province'), work, { recursive: true })
    writeFileSync(join(work, 'cchc.yaml'), 'name: Sông Xanh\n')
    ingested = await make(work, GOLDEN['ingest.txt']!)
    if (isUpdate) rmSync(reports, { recursive: true, force: true })
    mkdirSync(reports, { recursive: true })
  })

  for (const [name, golden] of Object.entries(GOLDEN)) {
    it(`gives ${name} byte for byte`, async () =>
      expectFile(join(reports, name), name === 'ingest.txt' ? ingested : await make(work, golden)))
  }

  it('has no report that nothing makes', () => {
    expect(readdirSync(reports).sort()).toEqual(Object.keys(GOLDEN).sort())
  })
})

describe('the published year', () => {
  const made = join(scratch, 'reports')
  const read = (name: string): string => readFileSync(join(made, name), 'utf8')

  beforeAll(() => {
    const demo = [join(SAMPLES, 'demo.js'), join(scratch, 'published-2024'), made]
    const { status, stderr, stdout } = spawnSync(process.execPath, demo, { encoding: 'utf8', env: cleanEnvironment({ COLUMNS: '100' }) })
    expect(status, stdout + stderr).toBe(0)
  })

  it.each(['kpi.txt', 'kpi.json', 'kpi.csv', 'report.html', 'report.xlsx', 'report.docx', 'report.md'])(
    'gives %s byte for byte',
    (name) => {
      expectFile(join(ROOT, 'reports', 'published-2024', name), readFileSync(join(made, name)))
    },
  )

  it.each([
    ['online_submission_rate', null, 329230, 357198, '92,17 %'],
    ['online_payment_rate', null, 101649, 130957, '77,62 %'],
    ['digitisation_rate', 'province', 191885, 205775, '93,25 %'],
    ['digitisation_rate', 'district', 26171, 27353, '95,68 %'],
    ['digitisation_rate', 'commune', 119951, 124070, '96,68 %'],
    ['on_time_rate', 'province', 205773, 205775, '99,99 %'],
    ['on_time_rate', 'district', 27350, 27353, '99,99 %'],
    ['on_time_rate', 'commune', 124047, 124070, '99,98 %'],
    ['late_rate', 'province', 2, 205775, '0,01 %'],
    ['late_rate', 'district', 3, 27353, '0,01 %'],
    ['late_rate', 'commune', 23, 124070, '0,02 %'],
    ['apology_rate', null, 28, 28, '100,00 %'],
    ['satisfaction_rate', null, 12215, 12500, '97,72 %'],
  ])('publishes %s of %s as %i of %i, %s', (metric, level, numerator, denominator, shown) => {
    const { rows } = JSON.parse(read('kpi.json')) as { rows: Record<string, unknown>[] }
    const row = rows.find((one) => one.metric === metric && one.level === level)
    expect(row).toMatchObject({ numerator, denominator })
    const counts = [numerator, denominator].map((count) => new Intl.NumberFormat('vi').format(count)).join(' / ')
    expect(
      read('kpi.txt')
        .split('\n')
        .filter((line) => line.endsWith(` ${counts}`) && line.includes(` ${shown}`)),
    ).not.toEqual([])
  })
})

/** Runs the program as a person would: standard output and error in one stream, unless only the result is wanted. */
async function make(cwd: string, { args, width = 80, bare = false, mask }: Golden): Promise<string> {
  const { status, stdout, seen } = await watch(args, { cwd, env: { COLUMNS: String(width) } })
  if (bare) return stdout
  const text = seen.replace(mask ?? /$^/, 'yyyy-MM-dd HH:mm')
  return `$ cchc ${args.join(' ')}\n${text}${status === 0 ? '' : `exit status ${status}\n`}`
}

function expectFile(path: string, made: string | Buffer): void {
  const actual = Buffer.from(made)
  if (isUpdate) {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, actual)
  }
  expect(existsSync(path), `${path} is missing: npm run golden writes it; look at it before committing`).toBe(true)
  const committed = readFileSync(path)
  const message = 'the output changed: npm run golden rewrites it; look at the difference before committing'
  if (/\.(xlsx|docx)$/.test(path)) expect(actual.equals(committed), message).toBe(true)
  else expect(actual.toString(), message).toBe(committed.toString())
}
