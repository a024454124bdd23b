import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { checkTargets } from '../../src/measure/check.js'
import { shortfallOf } from '../../src/measure/shortfall.js'
import { definitions, reportOn, type DossierRow, type Facts } from './support.js'
import { property } from '../support/property.js'
import { run, tempFolder, write } from '../support/program.js'

const METRIC = 'online_submission_rate'

function dossiers(online: number, all: number, more: DossierRow = {}): DossierRow[] {
  return Array.from({ length: all }, (_, i) => ({ received_at: '2024-06-05', channel: i < online ? 'online' : 'in_person', ...more }))
}

async function checked(facts: Facts, request: Parameters<typeof reportOn>[1] = {}, staleAfterDays = 31) {
  return checkTargets(await reportOn(facts, { period: '2024-06', by: [['level'], ['unit']], ...request }), definitions, staleAfterDays)
}

describe('a check', () => {
  it('is met when every target with data is met', async () => {
    const result = await checked({ dossiers: dossiers(8, 10), targets: [{ metric: METRIC, share: 0.8 }] })
    expect(result).toMatchObject({ verdict: 'met', targets: 1, behind: [], withoutData: [], isStale: false })
  })

  it.each([
    [7, 10, 0.8, 1],
    [0, 10, 0.8, 8],
    [0, 3, 0.5, 2],
    [1, 3, 0.3334, 1],
    [799, 1000, 0.8, 1],
    [0, 7, 0.29, 3],
    [0, 100, 0.29, 29],
    [0, 1000, 0.001, 1],
  ])('says how many more of %d in %d reach %d', async (online, all, share, needed) => {
    const result = await checked({ dossiers: dossiers(online, all), targets: [{ metric: METRIC, share }] })
    expect(result.behind.map((row) => row.shortfall!.needed)).toEqual([needed])
    expect(online + needed >= share * all && online + needed - 1 < share * all).toBe(true)
  })

  it('says how many are too many where lower is better', async () => {
    const pending = (due_at: string): DossierRow => ({ received_at: '2024-06-05', due_at, status: 'processing' })
    const rows = [...Array.from({ length: 4 }, () => pending('2024-06-10')), ...Array.from({ length: 6 }, () => pending('2024-07-10'))]
    const result = await checked({ dossiers: rows, targets: [{ metric: 'pending_overdue_rate', share: 0.15 }] })
    expect(result).toMatchObject({ verdict: 'missed', behind: [{ shortfall: { needed: 3, further: 17 }, gap: 0.25 }] })
  })

  it('lists the one that is most behind first, and the larger number of dossiers first where two are equally behind', async () => {
    const unit = (unit_code: string): DossierRow => ({ unit_code, unit_name: unit_code, level: 'commune' })
    const facts = {
      dossiers: [
        ...dossiers(6, 10, unit('A')),
        ...dossiers(1, 10, unit('B')),
        ...dossiers(60, 100, unit('C')),
        ...dossiers(9, 10, unit('D')),
      ],
      targets: [{ metric: METRIC, share: 0.8, level: 'commune' as const }],
    }
    const result = await checked(facts)
    expect(result.behind.filter(({ unit: place }) => place !== null).map((row) => [row.unit!.code, row.shortfall!.needed])).toEqual([
      ['B', 7],
      ['C', 20],
      ['A', 2],
    ])
  })

  it('has no data when a target of the total or of a level has none', async () => {
    const targets = [
      { metric: METRIC, share: 0.8 },
      { metric: 'data_reuse_rate', share: 0.8 },
    ]
    const result = await checked({ dossiers: dossiers(8, 10), targets, without: ['is_data_reused'] })
    expect(result).toMatchObject({ verdict: 'no_data', withoutData: [{ metric: 'data_reuse_rate', state: 'not_computable' }] })
  })

  it('does not hold it against a unit that it has no cases', async () => {
    const facts = {
      dossiers: dossiers(8, 10, { unit_code: 'A' }),
      units: [
        { code: 'A', name: 'Xã A', level: 'commune' as const },
        { code: 'B', name: 'Xã B', level: 'commune' as const },
      ],
      targets: [{ metric: METRIC, share: 0.8, level: 'commune' as const }],
    }
    expect(await checked(facts)).toMatchObject({ verdict: 'met', behind: [], withoutData: [] })
  })

  it('has no target when there is none at all, or none that is in force', async () => {
    expect((await checked({ dossiers: dossiers(8, 10) })).verdict).toBe('no_target')
    const elsewhere = [{ metric: METRIC, share: 0.8, period: '2023' }]
    expect((await checked({ dossiers: dossiers(8, 10), targets: elsewhere })).verdict).toBe('no_target')
  })

  it('is stale when nothing has happened for longer than it may, to the day', async () => {
    const facts = { dossiers: dossiers(8, 10), targets: [{ metric: METRIC, share: 0.8 }] }
    expect(await checked(facts, {}, 25)).toMatchObject({ isStale: false, verdict: 'met' })
    expect(await checked(facts, {}, 24)).toMatchObject({ isStale: true, verdict: 'no_data' })
    expect(await checked(facts, { asOf: '2024-06-29' }, 24)).toMatchObject({ isStale: false })
  })

  it('is not made fresh by a date that lies in the future', async () => {
    const facts = { dossiers: [...dossiers(8, 10), { received_at: '2042-06-05' }], targets: [{ metric: METRIC, share: 0.8 }] }
    expect(await checked(facts, {}, 24)).toMatchObject({ isStale: true, verdict: 'no_data' })
  })

  it('counts late and on time as one target where their targets add up to 100 %, and else each', async () => {
    const rows = dossiers(0, 10, { due_at: '2024-06-10', resolved_at: '2024-06-11' })
    const targets = [
      { metric: 'on_time_rate', share: 0.9 },
      { metric: 'late_rate', share: 0.1 },
    ]
    expect(await checked({ dossiers: rows, targets })).toMatchObject({ targets: 1, behind: [{ metric: 'on_time_rate' }] })
    const eight = [
      ...dossiers(0, 8, { due_at: '2024-06-10', resolved_at: '2024-06-11' }),
      ...dossiers(0, 92, { due_at: '2024-06-10', resolved_at: '2024-06-09' }),
    ]
    const apart = [
      { metric: 'on_time_rate', share: 0.9 },
      { metric: 'late_rate', share: 0.05 },
    ]
    expect(await checked({ dossiers: eight, targets: apart })).toMatchObject({
      verdict: 'missed',
      targets: 2,
      behind: [{ metric: 'late_rate', shortfall: { needed: 3, further: 60 } }],
    })
    const elsewhere = [apart[0]!, { metric: 'late_rate', share: 0.1, level: 'commune' as const }]
    expect(await checked({ dossiers: eight.map((row) => ({ ...row, level: 'commune' as const })), targets: elsewhere })).toMatchObject({
      targets: 2,
    })
  })

  it('says how many further cases would do, and that none do where the target allows no failure', () => {
    const cases = fc.record({ n: fc.nat(500), rest: fc.nat(500), permille: fc.nat(1000), isHigher: fc.boolean() })
    fc.assert(
      fc.property(cases, ({ n, rest, permille, isHigher }) => {
        const [d, share] = [n + rest, permille / 1000]
        const isReached = (part: number, whole: number): boolean =>
          isHigher ? part * 1000 >= permille * whole : part * 1000 <= permille * whole
        fc.pre(d > 0 && !isReached(n, d))
        const { needed, further } = shortfallOf(n, d, share, isHigher ? 'higher' : 'lower')
        const sign = isHigher ? 1 : -1
        expect(isReached(n + sign * needed, d) && !isReached(n + sign * (needed - 1), d)).toBe(true)
        if (further === null) expect(share).toBe(isHigher ? 1 : 0)
        else {
          const good = (more: number): boolean => isReached(isHigher ? n + more : n, d + more)
          expect(good(further) && !good(further - 1)).toBe(true)
        }
      }),
      property(200),
    )
  })

  it('is stale without a period by the day it is asked on, and for a period of the past by the end of that', async () => {
    const facts = { dossiers: dossiers(8, 10), targets: [{ metric: METRIC, share: 0.8 }] }
    const latest = checkTargets(await reportOn(facts, { asOf: '2027-06-30', needsFreshness: true }), definitions, 31)
    expect(latest).toMatchObject({ isStale: true, verdict: 'no_data' })
    expect(await checked(facts, { asOf: '2027-06-30' })).toMatchObject({ isStale: false, verdict: 'met' })
  })

  it('is missed rather than without data when both are so', async () => {
    const targets = [
      { metric: METRIC, share: 0.9 },
      { metric: 'data_reuse_rate', share: 0.8 },
    ]
    expect((await checked({ dossiers: dossiers(8, 10), targets, without: ['is_data_reused'] }, {}, 0)).verdict).toBe('missed')
  })
})

describe('cchc check', () => {
  const EXPORT = 'Mã hồ sơ,Cấp,Hình thức nộp,Ngày tiếp nhận\n'
  const rows = (online: number, all: number): string =>
    Array.from({ length: all }, (_, i) => `240605-${1000 + i},Cấp xã,${i < online ? 'Trực tuyến' : 'Trực tiếp'},05/06/2024\n`).join('')

  async function exitOf(online: number, all: number, plan: string, args: string[]) {
    const cwd = tempFolder()
    write(cwd, 'export.csv', EXPORT + rows(online, all))
    write(cwd, 'plan.csv', `Chỉ tiêu,Kế hoạch,Kỳ\n${plan.replace(/%\n/g, '%,\n')}`)
    expect((await run(['ingest', 'export.csv', 'plan.csv'], { cwd })).status).toBe(0)
    return run(['check', '--as-of', '2024-06-30', '--lang', 'en', ...args], { cwd })
  }

  it('ends with 0 when met, 4 when missed and 6 when data are missing', async () => {
    const [met, missed, missing] = await Promise.all([
      exitOf(8, 10, `${METRIC},80 %\n`, []),
      exitOf(7, 10, `${METRIC},80 %\n`, []),
      exitOf(8, 10, `${METRIC},80 %\ndata_reuse_rate,50 %\n`, []),
    ])
    expect([met.status, missed.status, missing.status]).toEqual([0, 4, 6])
    expect(missed.stdout).toContain('needs 1 more')
    expect(missed.stdout).toContain('70.00 %')
  })

  it('prints nothing under --quiet and says the same by its exit status', async () => {
    const { status, stdout, stderr } = await exitOf(7, 10, `${METRIC},80 %\n`, ['--quiet', '--period', '2024-06'])
    expect([status, stdout, stderr]).toEqual([4, '', ''])
  })

  it('names the period in which no target holds, with 6 and a word of its own in JSON, and with 2 a metric that was named', async () => {
    const [none, json, named, other] = await Promise.all([
      exitOf(8, 10, `${METRIC},80 %,2023\n`, []),
      exitOf(8, 10, `${METRIC},80 %,2023\n`, ['--format', 'json']),
      exitOf(8, 10, `${METRIC},80 %\n`, ['--metric', 'on_time_rate']),
      exitOf(8, 10, `${METRIC},80 %\n`, ['--metric', METRIC]),
    ])
    expect([none.status, json.status, named.status, other.status]).toEqual([6, 6, 2, 0])
    expect(none.stderr).toContain('no target in force for 2024-06')
    expect(JSON.parse(json.stdout)).toMatchObject({ verdict: 'no_target', targets: 0, missed: 0 })
    expect(named.stderr).toContain('no target in force for on_time_rate, 2024-06')
  })

  it('says the shortfall in every format, and that none can make up for one where the target allows none', async () => {
    const [text, json, csv] = await Promise.all(
      ['table', 'json', 'csv'].map((format) => exitOf(9, 10, `${METRIC},100 %\n`, ['--by', 'level', '--format', format])),
    )
    expect(text!.stdout).toMatch(/needs 1 more +out of reach in the period/)
    expect(JSON.parse(json!.stdout)).toMatchObject({ rows: [{ needed: 1, needed_further: null, shown: 90 }, { needed: 1 }] })
    const [header, first] = csv!.stdout.split('\n').map((line) => line.split(','))
    expect(Object.fromEntries(header!.map((name, i) => [name, first![i]]))).toMatchObject({ needed: '1', needed_further: '', shown: '90' })
  })

  it('writes what it would print into the file of --out, in the format of its ending', async () => {
    const cwd = tempFolder()
    const { status, stdout } = await exitOf(7, 10, `${METRIC},80 %\n`, ['--out', join(cwd, 'missed.csv')])
    expect([status, stdout]).toEqual([4, ''])
    expect(readFileSync(join(cwd, 'missed.csv'), 'utf8').trim().split('\n')).toHaveLength(3)
  })

  it('prints JSON with the verdict, the counts and the figures that are behind', async () => {
    const { status, stdout } = await exitOf(7, 10, `${METRIC},80 %\n`, ['--format', 'json'])
    const body = JSON.parse(stdout) as { rows: { metric: string; status: string }[] }
    expect(status).toBe(4)
    expect(body).toMatchObject({ schema: 'cchc.check/1', verdict: 'missed', targets: 2, missed: 2, without_data: 0, is_stale: false })
    expect(body.rows.every((row) => row.status === 'missed')).toBe(true)
    expect(body.rows).toHaveLength(2)
  })
})
