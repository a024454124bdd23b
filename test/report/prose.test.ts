import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { loadDefinitions, type Definitions } from '../../src/definitions/load.js'
import { SENTENCE_PLACES, type SentenceId } from '../../src/definitions/sentences.js'
import { formatCount } from '../../src/language/format.js'
import type { Language } from '../../src/language/labels.js'
import type { Comparison } from '../../src/measure/compare.js'
import type { Report } from '../../src/measure/report.js'
import { writeSection, writeSummary } from '../../src/report/prose.js'
import { definitions, reportOn, type DossierRow, type Facts } from '../measure/support.js'
import { factsOf, RUNS, worlds } from '../measure/world.js'
import { tempFolder, write } from '../support/program.js'
import { property } from '../support/property.js'
import { PROVINCE, provinceReport } from './fixture.js'

const KINDS = ['plan', 'others', 'unit', 'units', 'behind', 'months', 'timeliness', 'satisfaction', 'quality']
const FULL = {
  by: [['level'], ['unit'], ['factor']],
  compareWith: ['previous', 'year-ago'],
  trend: { months: 6, by: [['level'], ['unit']] },
  counts: Object.keys(definitions.indicators),
} satisfies Parameters<typeof reportOn>[1]

const allText = (report: Report, language: Language, by: Definitions = definitions): string[] => [
  ...writeSummary(report, by, language),
  ...KINDS.flatMap((kind) => writeSection(kind, report, by, language)),
]

/** Dossiers received and resolved in June, some online; the rest in person. */
const month = (unit_code: string, online: number, all: number, at = '2024-06'): DossierRow[] =>
  Array.from({ length: all }, (_, i) => ({
    received_at: `${at}-03 08:00:00`,
    due_at: `${at}-10 17:00:00`,
    resolved_at: `${at}-09 10:00:00`,
    status: 'returned',
    channel: i < online ? ('online' as const) : ('in_person' as const),
    unit_code,
  }))

describe('the text of a province', () => {
  const province = provinceReport(FULL)
  const texts = (kind: string, language: Language = 'vi') =>
    province.then((report) => (kind === 'summary' ? writeSummary : writeSection.bind(null, kind))(report, definitions, language))

  it('begins with the answer: how many targets are met, which are missed, who is farthest behind', async () => {
    const [lead, missed, units, ...more] = await texts('summary')
    expect(lead).toBe('Trong tháng 6/2024, đạt hoặc vượt 6/10 chỉ tiêu kế hoạch (tính chung và từng cấp).')
    expect(missed).toMatch(/^Chưa đạt: tỷ lệ hài lòng \(khảo sát\) 75,00% \(kế hoạch 90%\); tỷ lệ hồ sơ nộp trực tuyến cấp xã 22,22%/)
    expect(units).toBe(
      '3/4 đơn vị có kế hoạch và số liệu chưa đạt ít nhất một chỉ tiêu; xa kế hoạch nhất là Phường Hòa Bình (tỷ lệ hồ sơ nộp trực tuyến 22,22%, kế hoạch 80%).',
    )
    expect(more).toEqual([])
  })

  it('says every metric beside its plan, with its change and its levels, and late within on time', async () => {
    const plan = await texts('plan')
    expect(plan[0]).toBe(
      'Tỷ lệ hồ sơ nộp trực tuyến đạt 94,38% (1.192/1.263 hồ sơ; kế hoạch 80%), vượt 14,38 điểm phần trăm. ' +
        'Tỷ lệ này tăng 44,38 điểm phần trăm so với tháng trước. ' +
        'Trong đó: cấp tỉnh đạt 95,10%, vượt 15,10 điểm phần trăm; cấp huyện đạt 87,50%, vượt 7,50 điểm phần trăm; ' +
        'cấp xã mới đạt 22,22%, thấp hơn kế hoạch 57,78 điểm phần trăm, thiếu 6 hồ sơ.',
    )
    expect(plan[1]).toMatch(
      /^Tỷ lệ giải quyết trễ hạn là 0,48% \(6\/1\.263 hồ sơ; kế hoạch không quá 1%\), thấp hơn mức cho phép 0,52 điểm phần trăm\. .*cấp xã là 22,22%, cao hơn mức cho phép 21,22 điểm phần trăm, nhiều hơn 2 hồ sơ\.$/,
    )
    expect(plan).toHaveLength(3)
  })

  it('says of the metrics without a plan what they are, and what has no source', async () => {
    const others = await texts('others')
    expect(others[0]).toBe(
      'Tỷ lệ hồ sơ giải quyết qua DVC trực tuyến đạt 94,38% (1.192/1.263 hồ sơ). Tỷ lệ này tăng 44,38 điểm phần trăm so với tháng trước.',
    )
    expect(others.at(-1)).toMatch(/^Chưa tính được, do chưa có nguồn số liệu: .*; tỷ lệ thanh toán trực tuyến;/)
  })

  it('says late within on time, and all metrics where there is no plan', async () => {
    const report = await provinceReport(FULL, { ...PROVINCE, targets: [] })
    const plan = writeSection('plan', report, definitions, 'vi')
    expect(plan.find((text) => text.includes('đúng và trước hạn đạt'))).toContain('Tỷ lệ giải quyết trễ hạn là 0,48% (6/1.263 hồ sơ).')
    expect(writeSection('others', report, definitions, 'vi')).toEqual([])
    expect(writeSection('plan', report, definitions, 'vi', ['late_rate'])).toEqual([expect.stringContaining('trễ hạn là 0,48%')])
  })

  it('is about one unit where the report is', async () => {
    const report = await provinceReport({ ...FULL, unit: 'S2', ranks: true, keepsLevels: true })
    const say = (kind: string): string[] => writeSection(kind, report, definitions, 'vi')
    expect(say('unit')[0]).toBe(
      'Tỷ lệ hồ sơ nộp trực tuyến mới đạt 30,00% (3/10 hồ sơ; kế hoạch 80%), thấp hơn kế hoạch 50,00 điểm phần trăm, thiếu 5 hồ sơ. Xếp thứ 2/2 đơn vị cùng cấp.',
    )
    expect(say('timeliness')[1]).toBe('Đã giải quyết 10 hồ sơ: trước hạn 9, quá hạn 1.')
    expect([say('units'), say('behind')]).toEqual([[], []])
    expect(say('months')[0]).toMatch(/chưa đạt kế hoạch liên tục đến nay: Sở Y tế từ tháng 6\/2024 hoặc trước đó\.$/)
    expect(writeSummary(report, definitions, 'vi')[0]).toMatch(/^Trong tháng 6\/2024, đạt hoặc vượt 0\/2 chỉ tiêu kế hoạch\.( |$)/)
  })

  it('says the same in English', async () => {
    const plan = await texts('plan', 'en')
    expect(plan[0]).toMatch(
      /^Online submission rate at 94\.38% \(1,192 of 1,263 dossiers; target 80%\), 14\.38 percentage points above the target\. The rate rose by 44\.38 percentage points against the month before\./,
    )
    expect((await texts('behind', 'en'))[1]).toContain(
      'Phường Hòa Bình (22.22%, 57.78 percentage points below the target, 6 dossiers short)',
    )
  })

  it('counts what was received, resolved and is pending, and the answers', async () => {
    expect(await texts('timeliness')).toEqual([
      'Trong tháng 6/2024, tổng số phải giải quyết là 1.263 hồ sơ, trong đó tiếp nhận trực tuyến 1.192, tiếp nhận trực tiếp, qua bưu chính 71.',
      'Đã giải quyết 1.263 hồ sơ: trước hạn 1.257, quá hạn 6. Hồ sơ quá hạn trên hồ sơ đã giải quyết: cấp tỉnh 4/1.244, cấp huyện 0/8, cấp xã 2/9.',
      'Cuối kỳ không còn hồ sơ đang giải quyết.',
    ])
    expect(await texts('satisfaction')).toEqual([
      'Tỷ lệ hài lòng (khảo sát) đạt 75,00% trên 4 câu trả lời (điểm trung bình 3,75; khoảng tin cậy 95%: 30,06%–95,44%).',
    ])
  })

  it('has nothing to say in sections of other kinds', async () => {
    expect(await texts('ranks')).toEqual([])
    expect(await texts('toString')).toEqual([])
  })
})

describe('units', () => {
  const units = Array.from({ length: 8 }, (_, i) => ({ code: `X${i}`, name: `Xã Số ${i}`, level: 'commune' as const }))
  const facts = (onlineOf: (i: number) => number): Facts => ({
    units,
    dossiers: units.flatMap(({ code }, i) => month(code, onlineOf(i), 10)),
    targets: [{ metric: 'online_submission_rate', share: 0.6, level: 'commune' }],
  })
  const textOf = async (facts: Facts): Promise<string> =>
    writeSection(
      'units',
      await reportOn(facts, { period: '2024-06', ...FULL, metrics: ['online_submission_rate'] }),
      definitions,
      'vi',
    ).join(' ')

  it('are named best and worst, equal ones together', async () => {
    expect(await textOf(facts((i) => [10, 9, 9, 7, 6, 5, 2, 2][i]!))).toBe(
      'Tỷ lệ hồ sơ nộp trực tuyến, kế hoạch 60%: 5/8 đơn vị có kế hoạch và số liệu đạt hoặc vượt. ' +
        'Cấp xã: cao nhất là Xã Số 0 (100,00%, 10/10 hồ sơ); Xã Số 1; Xã Số 2 (cùng 90,00%); ' +
        'thấp nhất là Xã Số 6; Xã Số 7 (cùng 20,00%); Xã Số 5 (50,00%, 5/10 hồ sơ).',
    )
  })

  it('are counted where too many are equal to be named, or all are', async () => {
    expect(await textOf(facts((i) => (i < 6 ? 10 : i)))).toContain('cao nhất là 6 đơn vị (cùng 100,00%); thấp nhất là Xã Số 6 (60,00%')
    expect(await textOf(facts(() => 7))).toContain('Cấp xã: cả 8 đơn vị cùng là 70,00%.')
  })

  it('are never called best or worst alone, and not at all without figures', async () => {
    const one = { ...facts(() => 7), dossiers: month('X3', 7, 10) }
    expect(await textOf(one)).toContain('Cấp xã: chỉ Xã Số 3 (70,00%, 7/10 hồ sơ) có số liệu. 7 đơn vị không phát sinh.')
    await expect(textOf({ ...one, dossiers: month('X3', 1, 1, '2024-01') })).rejects.toThrow('there is nothing in 2024-06')
  })
})

describe('months', () => {
  const of = async (dossiers: DossierRow[]): Promise<string> => {
    const targets = [{ metric: 'online_submission_rate', share: 0.6 }]
    const units = ['A', 'B'].map((code) => ({ code, name: `Xã ${code}`, level: 'commune' as const }))
    const report = await reportOn({ units, dossiers, targets }, { period: '2024-06', ...FULL, metrics: ['online_submission_rate'] })
    return writeSection('months', report, definitions, 'vi').join(' ')
  }

  it('name the highest and the lowest, and who has been behind since when', async () => {
    expect(await of([...month('A', 9, 10, '2024-04'), ...month('A', 5, 10, '2024-05'), ...month('A', 4, 10)])).toBe(
      'Tỷ lệ hồ sơ nộp trực tuyến: trong 3 tháng có số liệu, cao nhất là 90,00% (tháng 4/2024), thấp nhất là 40,00% (tháng 6/2024). ' +
        'Tỷ lệ hồ sơ nộp trực tuyến chưa đạt kế hoạch liên tục đến nay: tính chung từ tháng 5/2024; cấp xã từ tháng 5/2024; Xã A từ tháng 5/2024.',
    )
  })

  it('call nobody behind to this day who had no cases in the last month', async () => {
    const text = await of([...month('A', 1, 10, '2024-04'), ...month('A', 1, 10, '2024-05'), ...month('B', 9, 10)])
    expect(text).toBe(
      'Tỷ lệ hồ sơ nộp trực tuyến: trong 3 tháng có số liệu, cao nhất là 90,00% (tháng 6/2024), thấp nhất là 10,00% (tháng 4/2024, tháng 5/2024).',
    )
  })
})

describe('figures near their targets', () => {
  const judged = async (share: number, n: number, metric = 'online_submission_rate', dossiers = month('X', n, 10_000)): Promise<string> =>
    writeSection(
      'plan',
      await reportOn({ dossiers, targets: [{ metric, share }] }, { period: '2024-06', metrics: [metric] }),
      definitions,
      'vi',
    )[0]!

  it('are met only when they are equal', async () => {
    expect(await judged(0.8, 8_000)).toBe(
      'Tỷ lệ hồ sơ nộp trực tuyến đạt 80,00% (8.000/10.000 hồ sơ; kế hoạch 80%), đạt đúng mức kế hoạch.',
    )
    expect(await judged(0.80001, 8_000)).toMatch(/kế hoạch 80,001%\), thấp hơn kế hoạch 0,01 điểm phần trăm, thiếu 1 hồ sơ\.$/)
    expect(await judged(0.79999, 8_000)).toMatch(/kế hoạch 79,999%\), vượt kế hoạch\.$/)
  })

  it('are below or above what is allowed where lower is better', async () => {
    const overdue = (late: number): DossierRow[] =>
      Array.from({ length: 100 }, (_, i) => ({
        received_at: '2024-06-01',
        due_at: i < late ? '2024-06-05' : '2025-01-01',
        status: 'processing',
      }))
    const metric = 'pending_overdue_rate'
    expect(await judged(0.05, 0, metric, overdue(5))).toContain('là 5,00% (5/100 hồ sơ; kế hoạch không quá 5%), bằng mức tối đa cho phép.')
    expect(await judged(0.05, 0, metric, overdue(2))).toContain('thấp hơn mức cho phép 3,00 điểm phần trăm.')
    expect(await judged(0.05, 0, metric, overdue(8))).toContain('cao hơn mức cho phép 3,00 điểm phần trăm, nhiều hơn 3 hồ sơ.')
  })
})

describe('changes', () => {
  const dossiers = [...month('X', 5, 10, '2023-06'), ...month('X', 5, 10, '2024-03'), ...month('X', 8, 10, '2024-05'), ...month('X', 6, 10)]
  const changes = async (period: string, more: Parameters<typeof reportOn>[1] = {}): Promise<string> =>
    writeSection(
      'plan',
      await reportOn({ dossiers }, { period, metrics: ['online_submission_rate'], compareWith: ['previous', 'year-ago'], ...more }),
      definitions,
      'vi',
    )[0]!.replace(/^.*?hồ sơ\)\. /, '')

  it.each([
    ['2024-06', 'Tỷ lệ này giảm 20,00 điểm phần trăm so với tháng trước, tăng 10,00 điểm phần trăm so với cùng kỳ năm trước.'],
    ['2024-Q2', 'Tỷ lệ này tăng 20,00 điểm phần trăm so với quý trước, tăng 20,00 điểm phần trăm so với cùng kỳ năm trước.'],
    ['2024-H1', 'Tỷ lệ này tăng 13,33 điểm phần trăm so với cùng kỳ năm trước.'],
    ['2024', 'Tỷ lệ này tăng 13,33 điểm phần trăm so với năm trước.'],
    ['2024-05..2024-06', 'Tỷ lệ này tăng 20,00 điểm phần trăm so với kỳ trước, tăng 20,00 điểm phần trăm so với cùng kỳ năm trước.'],
  ])('are called as %s has it', async (period, said) => expect(await changes(period)).toBe(said))

  it('of a period that is not over are against as many days', async () => {
    expect(await changes('2024-06', { asOf: '2024-06-20', compareWith: ['previous'] })).toBe(
      'Tỷ lệ này giảm 20,00 điểm phần trăm so với cùng số ngày đầu của tháng 5/2024.',
    )
  })

  it('that are none are none', async () => {
    expect(await changes('2024-03', { compareWith: ['year-ago'], asOf: '2024-03-31' })).toContain('đạt 50,00%')
    expect(await changes('2024-06', { compareWith: ['year-ago'] })).toBe('Tỷ lệ này tăng 10,00 điểm phần trăm so với cùng kỳ năm trước.')
  })
})

describe('any report', () => {
  const METRICS = [...definitions.metrics.values()]
  const plans = fc.array(
    fc.record({
      metric: fc.constantFrom(...METRICS.map(({ id }) => id)),
      share: fc.constantFrom(0, 0.01, 0.125, 0.5, 0.8, 0.99999, 1),
      level: fc.constantFrom(undefined, undefined, 'commune' as const),
    }),
    { maxLength: 12, size: 'max' },
  )
  const lost = fc.subarray(['channel', 'payment', 'is_intake_digitised', 'has_apology_letter', 'is_data_reused'])

  it('says no number that it does not have, and of a metric without a source only that', async () => {
    const check = async (
      world: Parameters<typeof factsOf>[0] & { asked: { period: string } },
      targets: Facts['targets'],
      without: string[],
    ) => {
      const made = await reportOn({ ...factsOf(world), targets: targets!, without }, { period: world.asked.period, ...FULL })
      for (const language of ['vi', 'en'] as const) {
        const paragraphs = allText(made, language)
        expect(paragraphs.length).toBeGreaterThan(0)
        const known = figuresOf(made, language)
        for (const text of paragraphs) {
          expect(text).toMatch(/^[\p{Lu}\d][^{}\n]*[^.]\.$/u)
          expect(text).not.toMatch(/ {2}|undefined|NaN|null|\( | [.,;:)]|,,|;;/)
          expect(numbersIn(text, made, language).filter((number) => !known.has(number))).toEqual([])
        }
        expect(namedWithoutFigure(paragraphs, made, language)).toEqual([])
      }
    }
    await fc.assert(fc.asyncProperty(worlds(), plans, lost, check), { ...RUNS, ...property(6) })
  })

  function figuresOf(report: Report, language: Language): Set<string> {
    const known = new Set<string>()
    const count = (n: number | null | undefined): unknown => n != null && known.add(formatCount(n, language))
    const decimals = (hundredths: number | null | undefined): void => {
      if (hundredths == null) return
      const text = (Math.abs(hundredths) / 100).toFixed(2)
      const [whole, part] = text.split('.')
      known.add(`${formatCount(Number(whole), language)}${language === 'vi' ? ',' : '.'}${part}`)
    }
    for (const row of [...report.rows, ...report.trend] as Comparison[]) {
      decimals(row.shown)
      decimals(row.previous?.moved)
      decimals(row.yearAgo?.moved)
      count(row.numerator)
      count(row.denominator)
      if (row.target !== null) {
        known.add(formatCount(Number((row.target * 100).toFixed(8)), language))
        if (row.shown !== null) decimals(row.shown - Math.round(row.target * 10_000))
        if (row.status === 'missed') count(row.shortfall!.needed)
      }
      if (row.survey) {
        count(row.survey.n)
        for (const value of [row.survey.low, row.survey.high]) decimals(Math.round(value * 10_000))
        decimals(Math.round(row.survey.mean * 100))
      }
      if (row.coverage !== null) decimals(Math.min(9_999, Math.round(row.coverage * 10_000)))
    }
    for (const { numerator } of report.counts) count(numerator)
    for (const n of Object.values(report.notes)) count(n as number)
    return known
  }

  /** The numbers of a text, without those of names, days, how many units, months or targets there are, and of the words themselves. */
  function numbersIn(text: string, { rows }: Report, language: Language): string[] {
    const names = [...METRICS.map(({ label }) => label[language]), ...rows.flatMap(({ unit }) => unit?.name ?? [])]
    const plain = names
      .sort((a, b) => b.length - a.length)
      .reduce((left, name) => left.replaceAll(new RegExp(escape(name), 'giu'), '§'), text)
    const words =
      language === 'vi'
        ? /(tháng|quý|năm) [IV\d]+(\/\d{4})?|\d\d\/\d\d\/\d{4}|tin cậy 95%|6 tháng trước|[\d/]+ (đơn vị|tháng|chỉ tiêu)/g
        : /\d{4}(-\w+)?|\d\d\/\d\d\/\d{4}|95% interval|\d+( of \d+)? (units?|months?|targets?|more)/g
    return [...plain.replaceAll(words, '').matchAll(/\d(?:[\d.,]*\d)?/g)].map(([number]) => number)
  }

  function namedWithoutFigure(paragraphs: string[], { rows }: Report, language: Language): string[] {
    const states = new Map(
      rows.filter(({ level, unit, factor }) => level === null && unit === null && factor === null).map((row) => [row.metric, row.state]),
    )
    const withFigure = METRICS.filter(({ id }) => states.get(id) !== 'not_computable').map(({ label }) => label[language].toLowerCase())
    const without = METRICS.filter(({ id }) => states.get(id) === 'not_computable').map(({ label }) => label[language].toLowerCase())
    const admits =
      language === 'vi'
        ? /Chưa tính được, [^.]*\.|Chưa có số liệu: [^.]*\.|chưa có số liệu để/
        : /Not computable, [^.]*\.|Without data: [^.]*\./
    const rest = withFigure
      .sort((a, b) => b.length - a.length)
      .reduce(
        (text, name) => text.replaceAll(name, ''),
        paragraphs
          .map((text) => text.replace(admits, ''))
          .join('\n')
          .toLowerCase(),
      )
    return without.filter((name) => rest.includes(name))
  }

  const escape = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
})

describe('the sentences', () => {
  it('have their places in both languages, but where one says it without', () => {
    for (const [id, places] of Object.entries(SENTENCE_PLACES)) {
      for (const said of Object.values(definitions.sentences[id as SentenceId])) {
        const used = [...said.matchAll(/\{(\w+)\}/g)].map(([, place]) => place!)
        expect([id, [...new Set(used)].sort()]).toEqual([id, [...places].sort()])
      }
    }
  })

  const office = (text: string): Promise<Definitions> => {
    const folder = tempFolder()
    mkdirSync(join(folder, 'definitions'))
    write(join(folder, 'definitions'), 'sentences.yaml', text)
    return loadDefinitions(join(folder, 'definitions'))
  }

  it('are worded anew by an office, in one language or both', async () => {
    const own = await office(
      'place_total: { vi: toàn tỉnh }\nnone_late: { vi: Không hồ sơ nào trễ., en: None was late. }\nplain: { vi: "{figure}." }\n',
    )
    expect(own.sentences.place_total).toEqual({ vi: 'toàn tỉnh', en: 'in total' })
    const text = allText(await provinceReport(FULL, { ...PROVINCE, targets: [] }), 'vi', own)
    expect(text).toContain('Trong tháng 6/2024, chưa có chỉ tiêu kế hoạch để đối chiếu.')
    expect(text.find((paragraph) => paragraph.startsWith('Tỷ lệ hồ sơ nộp'))).toMatch(/^Tỷ lệ hồ sơ nộp trực tuyến đạt 94,38%\. /)
    expect((await loadDefinitions()).sentences.place_total.vi).toBe('tính chung')
  })

  it.each([
    ['a place that it does not have', 'judged:\n  vi: "{figure} so với {plam}."\n', /it has no place "\{plam\}"/, 2],
    ['a brace that is not closed', 'judged:\n  en: "{figure ({plan})."\n', /it has no place "\{"/, 2],
    ['a sentence that there is none of', 'equal: { vi: đạt }\njuged: { vi: x }\n', /juged/, 2],
    ['a language that there is none of', 'equal: { fr: "égal" }\n', /fr/, 1],
  ])('with %s are refused, with the line', async (_, text, message, line) => {
    await expect(office(text)).rejects.toMatchObject({
      code: 'invalid_definition',
      message: expect.stringMatching(message),
      place: { file: expect.stringContaining('sentences.yaml'), line },
    })
  })
})
