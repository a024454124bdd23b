import { describe, expect, it } from 'vitest'

import { reportOn, rowOf, type DossierRow } from './support.js'

const METRIC = 'online_submission_rate'
const JUNE = { period: '2024-06', by: [['level'], ['unit']] as const }
const at = (unit_code: string, more: DossierRow = {}): DossierRow => ({ received_at: '2024-06-05', unit_code, level: 'province', ...more })

describe('what is not known', () => {
  it('makes a metric not computable when no export carries its column, never 0 %', async () => {
    const report = await reportOn({ dossiers: [at('S1')], without: ['channel'] }, JUNE)
    for (const row of report.rows.filter(({ metric }) => metric === METRIC)) {
      expect(row).toMatchObject({ state: 'not_computable', numerator: null, denominator: null, value: null, coverage: null })
    }
    expect(rowOf(report, METRIC)).toBeDefined()
    expect(rowOf(report, 'intake_digitisation_rate', { unit: 'S1' }).state).toBe('not_computable')
  })

  it('makes a metric not computable for the one unit about which nothing is known', async () => {
    const report = await reportOn({ dossiers: [at('S1', { channel: 'online' }), at('S2'), at('S2')] }, JUNE)
    expect(rowOf(report, METRIC, { unit: 'S1' })).toMatchObject({ state: 'value', value: 1, coverage: 1 })
    expect(rowOf(report, METRIC, { unit: 'S2' })).toMatchObject({ state: 'not_computable', numerator: null, coverage: 0 })
    expect(rowOf(report, METRIC)).toMatchObject({ numerator: 1, denominator: 1, coverage: 0.33333333 })
  })

  it('is left out of the rate, and the coverage says of how much', async () => {
    const dossiers = [at('S1', { channel: 'online' }), at('S1', { channel: 'in_person' }), at('S1', { channel: 'in_person' }), at('S1')]
    expect(rowOf(await reportOn({ dossiers }, JUNE), METRIC)).toMatchObject({
      numerator: 1,
      denominator: 3,
      value: 0.33333333,
      coverage: 0.75,
    })
  })

  it('is not the same as no: a dossier not digitised counts in the denominator', async () => {
    const dossiers = [at('S1', { is_intake_digitised: true }), at('S1', { is_intake_digitised: false }), at('S1')]
    expect(rowOf(await reportOn({ dossiers }, JUNE), 'intake_digitisation_rate')).toMatchObject({ numerator: 1, denominator: 2 })
  })

  it('makes a metric without cases, not unknown, where the period has none', async () => {
    const resolved = at('S1', { channel: 'online', resolved_at: '2024-07-03' })
    const report = await reportOn(
      { dossiers: [resolved] },
      { ...JUNE, period: '2024-07', metrics: [METRIC, 'on_time_rate', 'online_resolution_rate'] },
    )
    expect(rowOf(report, METRIC)).toMatchObject({ state: 'no_cases', numerator: 0, denominator: 0, value: null, coverage: null })
  })

  it('includes the fee: only dossiers known to owe one are in the rate of online payment', async () => {
    const fee = (amount: number | null, payment: DossierRow['payment']): DossierRow => at('S1', { fee: amount, payment })
    const dossiers = [
      fee(50_000, 'online'),
      fee(50_000, 'cash'),
      fee(50_000, 'none'),
      fee(50_000, 'exempt'),
      fee(0, 'none'),
      fee(null, 'online'),
      fee(1, null),
    ]
    expect(rowOf(await reportOn({ dossiers }, JUNE), 'online_payment_rate')).toMatchObject({
      numerator: 1,
      denominator: 3,
      coverage: 0.71428571,
    })
  })

  it('of timeliness leaves dossiers without a due date in neither numerator nor denominator, and counts them apart', async () => {
    const dossiers = [
      at('S1', { due_at: '2024-06-10', resolved_at: '2024-06-09' }),
      at('S1', { resolved_at: '2024-06-09' }),
      at('S1', { due_at: '2024-06-10', resolved_at: '2024-06-11', has_apology_letter: true }),
    ]
    const report = await reportOn({ dossiers }, JUNE)
    expect(rowOf(report, 'on_time_rate')).toMatchObject({ numerator: 1, denominator: 2 })
    expect(rowOf(report, 'apology_rate')).toMatchObject({ numerator: 1, denominator: 1 })
    expect(report.notes.noDueDate).toBe(1)
    const lenient = await reportOn({ dossiers }, { ...JUNE, policy: { no_due_date: 'on_time' } })
    expect(rowOf(lenient, 'on_time_rate')).toMatchObject({ numerator: 2, denominator: 3 })
    expect(lenient.notes.noDueDate).toBe(0)
  })

  it('counts apart, by number, what was withdrawn, stopped, not received, or finished on no known day', async () => {
    const given = (status: string): DossierRow => at('S1', { status, resolved_at: '2024-06-07', due_at: '2024-06-10' })
    const dossiers = [given('withdrawn'), given('stopped'), given('not_received'), at('S1', { status: 'returned' }), given('returned')]
    const report = await reportOn({ dossiers }, JUNE)
    expect(report.notes).toMatchObject({ withdrawn: 1, stopped: 1, notReceived: 1, undated: 1 })
    expect(rowOf(report, 'on_time_rate')).toMatchObject({ numerator: 1, denominator: 1 })
    const lenient = await reportOn({ dossiers }, { ...JUNE, policy: { withdrawn: 'on_time', stopped: 'on_time' } })
    expect(rowOf(lenient, 'on_time_rate')).toMatchObject({ numerator: 3, denominator: 3 })
  })

  it('does not count what was refused outside the period among the refused of the period', async () => {
    const dossiers = [at('S1', { status: 'not_received' }), at('S1', { status: 'not_received', received_at: '2024-05-31' })]
    expect((await reportOn({ dossiers }, JUNE)).notes.notReceived).toBe(1)
  })
})
