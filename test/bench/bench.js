/**
 * How fast the real program is, and against what: every measurement is a fresh process. Prints one table.
 *
 *   npm run bench -- [--rows 1000000] [--data FILE.csv] [--repeat 3] [--only WORD]
 *
 * --data takes another file with the same 24 columns. Generated files stay in the temporary directory for the next run.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir, totalmem } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'rolldown'

const here = fileURLToPath(new URL('.', import.meta.url))
const program = join(here, '..', '..', 'bin', 'cchc.js')
const { values: options } = parseArgs({
  options: {
    rows: { type: 'string', default: '1000000' },
    data: { type: 'string' },
    repeat: { type: 'string', default: '3' },
    only: { type: 'string' },
  },
})
const ROWS = Number(options.rows)
const REPEAT = Number(options.repeat)
const SMALL = 100_000
const MILLION = 1_000_000
const WORKBOOK = 400_000
const cache = join(tmpdir(), 'cchc-bench')
mkdirSync(cache, { recursive: true })
const scratch = mkdtempSync(join(cache, 'run-'))
process.on('exit', () => rmSync(scratch, { recursive: true, force: true }))

const table = []
const seconds = (value) => `${value.toFixed(value < 1 ? 3 : 2)} s`
const megabytes = (value) => `${Math.round(value / 1e6)} MB`
const wants = (name) => !options.only || name.includes(options.only)

/** Runs one process; returns its seconds, its peak memory in bytes, and what it printed. */
function once(args, environment = {}, cwd = scratch) {
  const peakFile = join(scratch, 'peak')
  const started = process.hrtime.bigint()
  const { status, stdout, stderr, error } = spawnSync(process.execPath, ['--import', join(here, 'peak.js'), ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    env: { PATH: process.env.PATH, LANG: 'C', PEAK_FILE: peakFile, ...environment },
  })
  const time = Number(process.hrtime.bigint() - started) / 1e9
  if (status !== 0) throw error ?? new Error(`${args.join(' ')} ended with ${status}\n${stderr}`)
  return { time, peak: Number(readFileSync(peakFile, 'utf8')), stdout }
}

/** Repeats each of some jobs in turn, so that a slow minute of the machine falls on all of them. */
function compete(jobs, repeat = REPEAT) {
  const runs = jobs.map(() => [])
  for (let i = 0; i < repeat; i++) for (const [at, job] of jobs.entries()) runs[at].push(job())
  return runs.map((all) => {
    const times = all.map(({ time }) => time).sort((a, b) => a - b)
    return { min: times[0], median: times[Math.floor(times.length / 2)], peak: Math.max(...all.map(({ peak }) => peak)) }
  })
}

const shown = ({ min, median }) => `${seconds(min)} (median ${seconds(median)})`

/** `goal`: {text, isMet}, or null where the figure is only of interest. */
function add(figure, measured, compared, ratio, goal) {
  const row = [
    figure,
    measured,
    compared,
    ratio === null ? '' : ratio.toFixed(2),
    goal?.text ?? '',
    goal ? (goal.isMet ? 'ok' : 'over') : '',
  ]
  table.push(row)
  process.stderr.write(`${row.filter((cell) => cell !== '').join(' · ')}\n`)
}
const atMost = (value, limit, text) => ({ text: `≤ ${text}`, isMet: value <= limit })

function generated(rows, first = 0, version = 0) {
  const file = join(cache, `dossiers-1-${rows}-${first}-${version}.csv`)
  if (!existsSync(file)) {
    process.stderr.write(`making ${file}\n`)
    once([join(here, 'data.js'), `${file}.part`, String(rows), String(first), String(version)])
    renameSync(`${file}.part`, file)
  }
  return file
}

function clear(...names) {
  for (const name of names)
    for (const suffix of ['', '.wal', '.tmp']) rmSync(join(scratch, name + suffix), { recursive: true, force: true })
}

function ingest(store, file, { fresh = true, args = [], memory } = {}) {
  if (fresh) clear(store)
  return once([program, 'ingest', '--db', store, ...args, file], memory ? { CCHC_MEMORY: memory } : {})
}

function benchFirstLoad(file) {
  const lean = (memory) => () => {
    clear('lean.duckdb')
    return once([join(here, 'lean.js'), file, 'lean.duckdb'], memory ? { CCHC_MEMORY: memory } : {})
  }
  const [ours, leanest] = compete([() => ingest('big.duckdb', file), lean()])
  const ratio = ours.min / leanest.min
  add('first load', shown(ours), `leanest DuckDB script ${shown(leanest)}`, ratio, atMost(ratio, 1.25, '1.25 ×'))
  add(
    'first load, peak memory',
    megabytes(ours.peak),
    `the script ${megabytes(leanest.peak)}`,
    ours.peak / leanest.peak,
    atMost(ours.peak, 1.6e9, '1600 MB'),
  )
  const [tight, tightLean] = compete([() => ingest('tight.duckdb', file, { memory: '1GB' }), lean('1GB')], 1)
  add(
    'first load, CCHC_MEMORY=1GB',
    `${shown(tight)}, ${megabytes(tight.peak)}`,
    `the script ${shown(tightLean)}`,
    tight.min / tightLean.min,
    null,
  )
  clear('tight.duckdb', 'lean.duckdb')
}

/** A tenth of the rows again: nine tenths of them newer states of known dossiers, and a tenth new ones. */
function benchLaterLoads(rows) {
  const later = Math.round(rows / 10)
  const first = rows - Math.round(later * 0.9)
  const goal = later >= MILLION ? atMost : () => null
  const newer = ingest('big.duckdb', generated(later, first, 2), { fresh: false })
  add(
    `later export of ${later.toLocaleString('en')} rows`,
    `${seconds(newer.time)}, ${megabytes(newer.peak)}`,
    '',
    null,
    goal(newer.time, 4, '4 s'),
  )
  const older = ingest('big.duckdb', generated(later, first, 1), { fresh: false })
  add('an older one arriving after it', `${seconds(older.time)}, ${megabytes(older.peak)}`, '', null, null)
  const again = ingest('big.duckdb', generated(later, first, 2), { fresh: false })
  add('the same file once more', seconds(again.time), '', null, null)
}

const FULL = ['report', '--period', '2023-01..2025-12', '--by', 'level,unit,month', '--format', 'json', '--out', 'full.json']
const YEAR = ['report', '--period', '2024', '--by', 'level']

function benchReports(store, size, goals) {
  const jobs = [FULL, YEAR].map((args) => () => once([program, ...args, '--db', store]))
  const [full, year] = compete(jobs, Math.max(5, REPEAT))
  const within = (run, goal) => (goal === undefined ? null : atMost(run.min, goal, seconds(goal)))
  add(`${size}: full report, 3 years by level, unit, month`, shown(full), '', null, within(full, goals.full))
  add(`${size}: one year by level`, shown(year), '', null, within(year, goals.year))
}

/** What a format takes once everything is measured: a year of some 170 units, every metric, with a plan. */
function benchRendering(store) {
  const plan = join(scratch, 'plan.csv')
  const targets = { online_submission_rate: 71, online_payment_rate: 60, digitisation_rate: 42, on_time_rate: 94 }
  writeFileSync(
    plan,
    `Chỉ tiêu,Kế hoạch\n${Object.entries(targets)
      .map((target) => `${target.join(',')}\n`)
      .join('')}`,
  )
  ingest(store, plan, { fresh: false })
  for (const format of ['html', 'xlsx', 'docx', 'md', 'json']) {
    const runs = Array.from({ length: Math.max(5, REPEAT) }, () =>
      JSON.parse(once([join(here, 'render.js'), store, '2024', format]).stdout),
    )
    const times = runs.map(({ seconds: time }) => time).sort((a, b) => a - b)
    const run = { min: times[0], median: times[Math.floor(times.length / 2)] }
    add(
      `a year by unit and month, rendered as ${format}`,
      shown(run),
      `${Math.round(runs[0].bytes / 1000)} KB`,
      null,
      atMost(run.min, 0.5, '0.5 s'),
    )
  }
}

function benchHelp() {
  const [help, bare] = compete([() => once([program, '--help']), () => once(['-e', '0'])], 15)
  const ratio = help.min / bare.min
  add('cchc --help', shown(help), `node -e 0 ${shown(bare)}`, ratio, atMost(ratio, 1.5, '1.5 ×'))
}

function benchCarefulRoad(file, what, repeat) {
  const [careful, bare] = compete(
    [() => ingest('careful.duckdb', file, { args: ['--careful'] }), () => once([join(here, 'plain.js'), file])],
    repeat,
  )
  const share = bare.min / careful.min
  add(`${what}: careful road`, shown(careful), `bare csv-parse ${shown(bare)}`, share, {
    text: '≥ 0.60 of its speed',
    isMet: share >= 0.6,
  })
  clear('careful.duckdb')
}

/** A workbook as Excel saves it, of 20 columns: our reader alone, then the program. */
async function benchWorkbook(source, rows) {
  const workbook = join(options.data ? scratch : cache, `dossiers-1-${rows}.xlsx`)
  const maker = join(here, 'workbook.js')
  if (!existsSync(workbook)) {
    process.stderr.write(`making ${workbook}\n`)
    once([maker, 'make', source, `${workbook}.part`, String(rows)])
    renameSync(`${workbook}.part`, workbook)
  }
  const reader = join(scratch, 'reader.mjs')
  await build({ input: join(here, '..', '..', 'src', 'workbook', 'workbook.ts'), platform: 'node', output: { file: reader } })
  const [read, load, bare] = compete([
    () => once([maker, 'read', workbook, reader]),
    () => ingest('workbook.duckdb', workbook),
    () => once(['-e', '0']),
  ])
  const what = `${rows.toLocaleString('en')} rows of XLSX`
  const rate = ({ min }) => `${Math.round(rows / min).toLocaleString('en')} rows/s`
  const fast = (run) => ({ text: '≥ 40,000 rows/s', isMet: rows / run.min >= 40_000 })
  add(`${what}, the reader alone`, shown(read), rate(read), null, fast(read))
  add(
    'its peak memory',
    megabytes(read.peak),
    `bare node ${megabytes(bare.peak)}`,
    null,
    atMost(read.peak - bare.peak, 200e6, '200 MB above'),
  )
  add(`${what}: first load`, `${shown(load)}, ${megabytes(load.peak)}`, rate(load), null, fast(load))
  clear('workbook.duckdb')
}

/** csv-parse and plain JavaScript do the same job; their counts must be ours. */
function benchPlainJavaScript(file, what) {
  const plain = once([join(here, 'plain.js'), file, 'kpi'])
  const load = ingest('plain.duckdb', file)
  const report = once([program, ...YEAR, '--format', 'json', '--db', 'plain.duckdb'])
  const ours = load.time + report.time
  add(`${what}: load and report`, seconds(ours), `csv-parse and plain JavaScript ${seconds(plain.time)}`, ours / plain.time, null)
  const { rates } = JSON.parse(plain.stdout)
  for (const { metric, level, numerator, denominator } of JSON.parse(report.stdout).rows) {
    const theirs = rates[metric]?.[{ province: 'tỉnh', district: 'huyện', commune: 'xã' }[level] ?? 'all']
    if (theirs && (theirs[0] !== numerator || theirs[1] !== denominator))
      throw new Error(`${metric} ${level}: ${numerator}/${denominator}, but plain JavaScript counts ${theirs.join('/')}`)
  }
  clear('plain.duckdb')
}

const file = options.data ?? generated(ROWS)
const small = generated(SMALL)
const smallSize = `${SMALL.toLocaleString('en')} rows`
const size = options.data ? basename(file) : `${ROWS.toLocaleString('en')} rows`
process.stderr.write(
  `${size}, ${megabytes(statSync(file).size)} · ${cpus().length} × ${cpus()[0].model.trim()} · ${megabytes(totalmem())} · Node ${process.version}\n`,
)
if (wants('load')) benchFirstLoad(file)
else if (wants('report') || wants('render')) ingest('big.duckdb', file)
if (wants('report')) benchReports('big.duckdb', size, { full: 1, year: 0.6 })
if (wants('load') && !options.data) benchLaterLoads(ROWS)
if (wants('render')) benchRendering('big.duckdb')
clear('big.duckdb')
if (wants('report')) {
  ingest('small.duckdb', small)
  benchReports('small.duckdb', smallSize, { year: 0.3 })
}
if (wants('help')) benchHelp()
if (wants('careful')) {
  benchCarefulRoad(small, smallSize, REPEAT)
  if (ROWS <= MILLION) benchCarefulRoad(file, size, 1)
}
if (wants('workbook')) await benchWorkbook(file, Math.min(ROWS, WORKBOOK))
if (wants('plain')) benchPlainJavaScript(ROWS <= MILLION ? file : small, ROWS <= MILLION ? size : smallSize)

const header = ['figure', 'measured', 'compared with', 'ratio', 'goal', '']
const widths = header.map((cell, i) => Math.max(...[header, ...table].map((row) => row[i].length)))
const line = (row) => `| ${row.map((cell, i) => cell.padEnd(widths[i])).join(' | ')} |`
console.log([line(header), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...table.map(line)].join('\n'))
