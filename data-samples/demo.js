/**
 * The published year from beginning to end: makes the files, loads them with the real program, prints the KPI table against the
 * plan of 2024, and writes the whole report as text, JSON and CSV, as a web page, a workbook, and the written report as DOCX and Markdown.
 *
 *   node data-samples/demo.js [WORK_DIR] [REPORTS_DIR]      default data-samples/published-2024 and reports/published-2024
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const work = resolve(process.argv[2] ?? join(root, 'data-samples', 'published-2024'))
const reports = resolve(process.argv[3] ?? join(root, 'reports', 'published-2024'))
const KEY_METRICS = [
  'online_submission_rate',
  'online_payment_rate',
  'digitisation_rate',
  'on_time_rate',
  'late_rate',
  'apology_rate',
  'satisfaction_rate',
]

function run(script, args, cwd = work) {
  const settings = Object.entries(process.env).filter(([name]) => !name.startsWith('CCHC_'))
  const env = { COLUMNS: '100', ...Object.fromEntries(settings) }
  const { status, error } = spawnSync(process.execPath, [join(root, script), ...args], { cwd, stdio: 'inherit', env })
  if (status !== 0) throw error ?? new Error(`${script} ${args.join(' ')} ended with ${status}`)
}

function cchc(...args) {
  console.log(`\n$ cchc ${args.join(' ')}`)
  run('bin/cchc.js', args)
}

mkdirSync(work, { recursive: true })
mkdirSync(reports, { recursive: true })
console.log('The year 2024 of Cà Mau: the published totals, over made-up dossiers.')
run('data-samples/published-year.js', [work])
writeFileSync(join(work, 'cchc.yaml'), 'name: Cà Mau\nlang: vi\n')
for (const name of readdirSync(work)) if (name.startsWith('cchc.duckdb')) rmSync(join(work, name), { recursive: true })

cchc('ingest', 'units.csv', 'plan.csv', 'dossiers.csv', 'survey.csv')
cchc('report', '--period', '2024', '--by', 'level', '--metric', ...KEY_METRICS)
console.log('\nThe same year for people and programs:')
const FILES = { 'kpi.txt kpi.json kpi.csv': ['--by', 'level'], 'report.html report.xlsx report.docx report.md': [] }
for (const [names, by] of Object.entries(FILES)) {
  const files = names.split(' ').map((name) => join(reports, name))
  run('bin/cchc.js', ['report', '--quiet', '--period', '2024', ...by, '--out', ...files])
  for (const file of files) console.log(`  ${relative(process.cwd(), file)}`)
}
console.log(`The store, to ask further: ${relative(process.cwd(), join(work, 'cchc.duckdb'))}`)
