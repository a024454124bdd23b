import { execFileSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import { beforeAll, describe, expect, it } from 'vitest'

import { label, type Language, type LabelKey } from '../../src/language/labels.js'
import { definitions } from '../measure/support.js'
import { cleanEnvironment, PROGRAM, SAMPLES, runProgram, succeed, tempFolder } from '../support/program.js'
import { docxTables, htmlTables, markdownTables, xlsxRows, type FoundTable } from './extract.js'

/* One report in every format, made by the real program: each is read back with a reader of its own, and says the same. */

interface Row {
  metric: string
  level: string | null
  unit: { code: string | null; name: string } | null
  factor: string | null
  month: string | null
  numerator: number | null
  denominator: number | null
  value: number | null
  state: string
  target: number | null
  gap: number | null
  needed: number | null
  status: string
  previous: { numerator: number | null; denominator: number | null; value: number | null } | null
  year_ago?: { numerator: number | null; denominator: number | null; value: number | null } | null
}
interface Json {
  rows: Row[]
  trend: Row[]
  counts: { indicator: string; level: string | null; unit: Row['unit']; count: number | null }[]
}

const cwd = tempFolder()
const file = (name: string): string => join(cwd, name)
const said = (name: string): string => readFileSync(file(name), 'utf8')

const MONTH = ['report', '--period', '2025-03', '--outline', 'monthly', '--wide']
const ENDINGS = ['txt', 'json', 'csv', 'md', 'html', 'xlsx', 'docx']

let json: Json
const tables: Record<string, Record<'html' | 'md' | 'docx', FoundTable[]>> = {}

beforeAll(async () => {
  cpSync(join(SAMPLES, 'small-province'), cwd, { recursive: true })
  await succeed(['ingest', '.'], { cwd })
  for (const lang of ['vi', 'en']) {
    await succeed([...MONTH, '--lang', lang, '--out', ...ENDINGS.map((ending) => `${lang}.${ending}`)], { cwd })
    tables[lang] = {
      html: htmlTables(said(`${lang}.html`)),
      md: markdownTables(said(`${lang}.md`)),
      docx: await docxTables(file(`${lang}.docx`)),
    }
  }
  json = JSON.parse(said('vi.json')) as Json
}, 120_000)

it('is the same, byte for byte, from files loaded in another order, elsewhere in the world, on one core', async () => {
  const elsewhere = tempFolder()
  cpSync(join(SAMPLES, 'small-province'), elsewhere, { recursive: true })
  const env = { TZ: 'America/Los_Angeles', LANG: 'tr_TR.UTF-8', LC_ALL: 'de_DE.UTF-8' }
  const files = readdirSync(elsewhere).filter((name) => name.endsWith('.csv'))
  expect((await runProgram(['ingest', ...files.toReversed()], { cwd: elsewhere, env })).status).toBe(0)
  const command = [process.execPath, PROGRAM, ...MONTH, '--lang', 'vi', '--out', ...ENDINGS.map((ending) => `vi.${ending}`)]
  const [program, ...args] = process.platform === 'linux' ? ['taskset', '--cpu-list', '0', ...command] : command
  execFileSync(program!, args, { cwd: elsewhere, env: cleanEnvironment(env), stdio: ['ignore', 'ignore', 'pipe'] })
  for (const ending of ENDINGS) {
    expect(readFileSync(join(elsewhere, `vi.${ending}`)).equals(readFileSync(file(`vi.${ending}`))), ending).toBe(true)
  }
}, 60_000)

/** Hundredths of a per cent as the README describes them, from the whole numbers. */
function shownOf(row: Row): number | null {
  if (row.value === null) return null
  const metric = definitions.metrics.get(row.metric)!
  const partner =
    metric.complement_of === undefined
      ? undefined
      : [...json.rows, ...json.trend].find((one) => one.metric === metric.complement_of && place(one) === place(row))
  return partner ? 10_000 - shownOf(partner)! : rounded(row.numerator!, row.denominator!, row)
}

function rounded(n: number, d: number, row: Pick<Row, 'target' | 'status'>): number {
  let shown = Math.floor((n * 20_000 + d) / (2 * d))
  if (n > 0 && shown === 0) shown = 1
  if (n < d && shown >= 10_000) shown = 9_999
  if (row.status === 'missed' && row.target !== null && shown === Math.round(row.target * 10_000)) shown += n / d < row.target ? -1 : 1
  return shown
}

const place = ({ level, unit, factor, month }: Row): string => JSON.stringify([level, unit, factor, month])
const isWhole = ({ unit, factor, month }: Row): boolean => unit === null && factor === null && month === null

function number(hundredths: number, language: Language, digits = 2): string {
  return new Intl.NumberFormat(language === 'vi' ? 'de' : 'en', { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(
    hundredths / 10 ** digits,
  )
}
const rate = (shown: number, language: Language): string => `${number(shown, language)} %`
const points = (shown: number, language: Language): string =>
  `${shown > 0 ? '+' : shown < 0 ? '−' : ''}${number(Math.abs(shown), language)}`
const words = (key: string, language: Language): string => label(language, key as LabelKey)
const short = (metric: string, language: Language): string => definitions.metrics.get(metric)!.short[language]
const nameOf = (unit: NonNullable<Row['unit']>, language: Language): string =>
  unit.code === null ? words(unit.name.includes('split') ? 'not_attributable' : 'unknown_unit', language) : unit.name

const STATUS: Record<string, string> = { exceeded: '▲', met: '●', missed: '▼', no_data: '○' }

describe.each(['vi', 'en'] as const)('the report of a month in %s', (language) => {
  const found = (caption: string): FoundTable => {
    const table = tables[language]!.html.filter((one) => one.caption === caption)
    expect(table, caption).toHaveLength(1)
    return table[0]!
  }
  const value = (row: Row): string => (row.value === null ? words(row.state, language) : rate(shownOf(row)!, language))
  const bare = (row: Row): string => {
    if (row.value === null) return row.state === 'no_cases' ? '–' : '×'
    return number(shownOf(row)!, language) + (row.status === 'missed' ? ' ▼' : '')
  }

  it('has every figure of the whole and of the levels, with target, gap, status, earlier periods and counts', () => {
    const computable = new Set(json.rows.filter(({ state }) => state !== 'not_computable').map(({ metric }) => metric))
    const wanted = json.rows.filter((row) => isWhole(row) && computable.has(row.metric))
    const lines = ['caption_plan', 'caption_others'].flatMap((caption) => {
      const { headings, rows } = found(words(caption, language))
      let metric = ''
      return rows.map((cells) => {
        if (definitionsNamed(cells[0]!)) metric = cells[0]!
        return {
          metric,
          place: cells[0] === metric ? '' : cells[0]!,
          cells: Object.fromEntries(headings.map((heading, i) => [heading, cells[i]!])),
        }
      })
    })
    expect(lines).toHaveLength(wanted.length)
    for (const row of wanted) {
      const line = lines.find(
        (one) => one.metric === short(row.metric, language) && one.place === (row.level === null ? '' : words(row.level, language)),
      )
      expect(line, `${row.metric} ${row.level}`).toBeDefined()
      const cell = (key: string): string | undefined => line!.cells[words(key, language)]
      expect(cell('value')).toBe(value(row))
      expect([cell('numerator'), cell('denominator')]).toEqual(
        [row.numerator, row.denominator].map((n) => (n === null ? '' : number(n, language, 0))),
      )
      if (row.target !== null) {
        expect(cell('target')).toBe(rate(Math.round(row.target * 10_000), language))
        expect(cell('status')!.slice(0, 1)).toBe(STATUS[row.status])
        expect(cell('needed') ?? '').toBe(row.needed === null ? '' : number(row.needed, language, 0))
        if (row.value !== null) expect(cell('gap_points')).toBe(points(shownOf(row)! - Math.round(row.target * 10_000), language))
      } else expect([cell('target') ?? '', cell('status') ?? '']).toEqual(['', ''])
      const earlier = Object.entries(line!.cells).filter(([heading]) => heading.includes(' > '))
      const past = [row.previous, row.year_ago ?? null].map((one) => {
        if (!one || one.value === null) return ['', '']
        const shown = shownOf({
          ...row,
          ...one,
          target: null,
          status: 'no_target',
          metric: row.metric === 'late_rate' ? 'on_time_rate' : row.metric,
          numerator: row.metric === 'late_rate' ? one.denominator! - one.numerator! : one.numerator,
        })!
        const before = row.metric === 'late_rate' ? 10_000 - shown : shown
        return [rate(before, language), row.value === null ? '' : points(shownOf(row)! - before, language)]
      })
      expect(earlier.map(([, text]) => text)).toEqual(past.flat())
    }
  })

  it('has every figure of every unit, marked where it misses its target', () => {
    const ofUnits = json.rows.filter(({ unit, factor, month }) => unit !== null && factor === null && month === null)
    const captions = [null, 'province', 'district', 'commune'].flatMap((level) =>
      ['caption_units', 'caption_other_units'].map((key) =>
        label(language, key as LabelKey, { level: words(level ?? 'no_level', language) }),
      ),
    )
    const shown = new Map(
      captions.flatMap((caption) =>
        tables[language]!.html.filter((one) => one.caption === caption).flatMap(({ headings, rows }) =>
          rows.flatMap((cells) => cells.map((cell, i) => [`${cells[0]} | ${headings[i]}`, cell] as const)),
        ),
      ),
    )
    let seen = 0
    for (const row of ofUnits) {
      const cell = shown.get(`${nameOf(row.unit!, language)} | ${short(row.metric, language)}`)
      if (cell === undefined) expect(row.state, `${row.unit!.name} ${row.metric}`).toBe('not_computable')
      else {
        expect(cell, `${row.unit!.name} ${row.metric}`).toBe(bare(row))
        seen++
      }
    }
    expect(seen).toBeGreaterThan(150)
  })

  it('has the twelve months of the metrics of the plan', () => {
    const { headings, rows } = found(words('caption_months', language))
    expect(rows).toHaveLength(12)
    let seen = 0
    for (const row of json.trend.filter(({ unit }) => unit === null)) {
      const heading = short(row.metric, language) + (row.level === null ? '' : `, ${words(row.level, language)}`)
      const at = headings.indexOf(heading)
      if (at < 0) continue
      const [year, month] = row.month!.split('-')
      expect(rows.find(([name]) => name === `${Number(month)}/${year}`)![at], `${heading} ${row.month}`).toBe(bare(row))
      seen++
    }
    expect(seen).toBe(12 * (headings.length - 1))
  })

  it('has every count of dossiers', () => {
    const places = new Map<string, string[]>()
    for (const caption of ['caption_timeliness', 'caption_timeliness_units'])
      for (const cells of found(words(caption, language)).rows) places.set(cells[0]!, cells.slice(1))
    for (const { indicator, level, unit, count } of json.counts) {
      const name = unit ? nameOf(unit, language) : words(level ?? 'all', language)
      expect(places.get(name), name).toBeDefined()
      if ((count ?? 0) > 0) expect(places.get(name), `${name} ${indicator}`).toContain(number(count!, language, 0))
    }
  })

  it.each(['md', 'docx'] as const)('has the same tables, cell by cell, as %s', (format) => {
    const others = tables[language]![format]
    for (const table of tables[language]!.html) {
      const same = others.filter(({ caption, rows }) => caption === table.caption && rows.length === table.rows.length)
      expect(same.length, table.caption).toBeGreaterThan(0)
      const kept = table.headings.map((_, i) => i).filter((i) => table.headings[i] !== words('months_shown', language))
      const pick = (cells: readonly string[]): string[] => kept.map((i) => cells[i]!)
      expect(same[0]!.headings, table.caption).toEqual(pick(table.headings))
      expect(same[0]!.rows, table.caption).toEqual(table.rows.map(pick))
    }
    expect(others).toHaveLength(tables[language]!.html.length)
  })

  it('has the same tables as a workbook, where figures are numbers', async () => {
    const rows = await xlsxRows(file(`${language}.xlsx`))
    for (const { caption, headings, rows: wanted } of tables[language]!.html) {
      const kept = headings.map((_, i) => i).filter((i) => headings[i] !== words('months_shown', language))
      const start = rows.findIndex((cells) => cells[0] === caption)
      expect(start, caption).toBeGreaterThanOrEqual(0)
      const depth = headings.some((heading) => heading.includes(' > ')) ? 2 : 1
      wanted.forEach((cells, i) => {
        const stored = rows[start + 1 + depth + i]!
        expect(
          kept.map((_, at) => asNumber(stored[at] ?? '')),
          `${caption}, ${cells[0]}`,
        ).toEqual(kept.map((at) => storedAs(cells[at]!, language, headings[at]!, caption)))
      })
    }
  })

  it('has the same figures on the terminal', () => {
    const lines = said(`${language}.txt`).split('\n')
    for (const row of json.rows.filter((one) => one.month === null && one.value !== null)) {
      const name = row.unit
        ? nameOf(row.unit, language)
        : row.level
          ? words(row.level, language)
          : row.factor === null
            ? short(row.metric, language)
            : null
      if (name === null) continue
      const cells = [
        value(row),
        ...(row.target === null
          ? []
          : [rate(Math.round(row.target * 10_000), language), points(shownOf(row)! - Math.round(row.target * 10_000), language)]),
      ]
      const counts = `${number(row.numerator!, language, 0)} / ${number(row.denominator!, language, 0)}`
      const line = lines.find((one) => one.trim().startsWith(name) && [...cells, counts].every((cell) => one.includes(` ${cell}`)))
      expect(line, `${row.metric} ${name} ${cells.join(' ')} ${counts}`).toBeDefined()
      if (row.target !== null) expect(line).toContain(STATUS[row.status])
    }
  })

  it('has the same figures as CSV', () => {
    const rows = parse(said(`${language}.csv`), { columns: true }) as Record<string, string>[]
    const all = [...json.rows, ...json.trend]
    expect(rows).toHaveLength(all.length + json.counts.length)
    const text = (one: number | null): string => (one === null ? '' : String(one))
    all.forEach((row, i) => {
      const { metric, numerator, denominator, value: stored, state, target, gap, status } = rows[i]!
      expect([metric, numerator, denominator, Number(stored), state, target, Number(gap), status]).toEqual([
        row.metric,
        text(row.numerator),
        text(row.denominator),
        row.value ?? 0,
        row.state,
        text(row.target),
        row.gap ?? 0,
        row.status,
      ])
    })
  })
})

function definitionsNamed(name: string): boolean {
  return [...definitions.metrics.values()].some((metric) => metric.short.vi === name || metric.short.en === name)
}

/** A stored number without its last zeros; any other text as it is. */
const asNumber = (text: string): string => (/^-?\d+\.\d+$/.test(text) ? String(Number(text)) : text)

/** How a text of the page is stored in the workbook: a rate as a fraction, points and counts as numbers, words as they are. */
function storedAs(cell: string, language: Language, heading: string, caption: string): string {
  const [thousands, decimal] = language === 'vi' ? ['.', ','] : [',', '.']
  const figure = (text: string): number => Number(text.replaceAll(thousands!, '').replace(decimal!, '.').replace('−', '-'))
  const isFigure = /^[+−]?\d{1,3}([.,]\d{3})*([.,]\d\d)?$/.test(cell.replace(/ (%|▼)$/, ''))
  if (!isFigure || heading === words('place_of', language)) return cell
  const plain = figure(cell.replace(/ (%|▼)$/, ''))
  const isRate = cell.endsWith(' %') || (caption.endsWith('(%)') && /[.,]\d\d( ▼)?$/.test(cell))
  return String(isRate ? Math.round(plain * 100) / 10_000 : plain)
}
