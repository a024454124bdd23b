import { describe, expect, it } from 'vitest'

import { reportOf, reportOn, rowOf, withFacts, type DossierRow } from './support.js'

const JUNE = { period: '2024-06' }
const open: DossierRow = { received_at: '2024-05-02 08:00:00', due_at: '2024-05-20 17:00:00', status: 'processing' }

describe('a dossier at the edge of the definitions', () => {
  it('is not pending for ever when it was given up on an unknown day and counts as resolved on time', async () => {
    const resolved: DossierRow = { ...open, status: 'returned', resolved_at: '2024-06-03' }
    const dossiers: DossierRow[] = [open, resolved, { ...open, status: 'withdrawn' }, { ...open, status: 'stopped' }]
    const report = await reportOn({ dossiers }, { ...JUNE, policy: { withdrawn: 'on_time', stopped: 'on_time' } })
    expect(rowOf(report, 'pending_overdue_rate')).toMatchObject({ numerator: 1, denominator: 1 })
  })

  it('does not push the on-time rate of Index 766 above 100 % when its day of receipt is unknown', async () => {
    const resolved = { due_at: '2024-06-20', resolved_at: '2024-06-10 09:00:00', status: 'returned' }
    const dossiers: DossierRow[] = [{ ...resolved, received_at: '2024-06-03' }, resolved, resolved]
    const { numerator, denominator } = rowOf(await reportOn({ dossiers }, JUNE), 'on_time_rate_766')
    expect(numerator).toBeLessThanOrEqual(denominator!)
  })

  it('counts by the day of its result even where the receipt is dated later, whatever else is asked', async () => {
    const dossiers: DossierRow[] = [
      { received_at: '2024-07-01 08:00:00', due_at: '2024-06-20', resolved_at: '2024-06-28', paid_at: '2024-06-10', payment: 'online' },
    ]
    const alone = rowOf(await reportOn({ dossiers }, { ...JUNE, metrics: ['late_rate'] }), 'late_rate')
    const together = rowOf(await reportOn({ dossiers }, JUNE), 'late_rate')
    expect(alone).toEqual(together)
    expect(alone).toMatchObject({ numerator: 1, denominator: 1 })
  })

  it('is on time all day when it is due at midnight, and late after the hour otherwise, where hours are compared', async () => {
    const at = (due_at: string, resolved_at: string): DossierRow => ({ received_at: '2024-06-01', due_at, resolved_at })
    const dossiers = [
      at('2024-06-10 00:00:00', '2024-06-10 16:00:00'),
      at('2024-06-10 11:00:00', '2024-06-10 11:00:00'),
      at('2024-06-10 11:00:00', '2024-06-10 11:00:01'),
      at('2024-06-10 11:00:00', '2024-06-09 23:59:59'),
    ]
    const byTime = await reportOn({ dossiers }, { ...JUNE, policy: { compare: 'time' } })
    expect(rowOf(byTime, 'late_rate')).toMatchObject({ numerator: 1, denominator: 4 })
    expect(rowOf(await reportOn({ dossiers }, JUNE), 'late_rate')).toMatchObject({ numerator: 0, denominator: 4 })
  })

  it('is within its time on the last day of the period and overdue the day before it', async () => {
    const due = (due_at: string): DossierRow => ({ received_at: '2024-06-03', due_at, status: 'processing' })
    const dossiers = [due('2024-06-30 08:00:00'), due('2024-06-30 00:00:00'), due('2024-06-29 23:59:59')]
    expect(rowOf(await reportOn({ dossiers }, JUNE), 'pending_overdue_rate')).toMatchObject({ numerator: 1, denominator: 3 })
    const cut = await reportOn({ dossiers }, { ...JUNE, asOf: '2024-06-29' })
    expect(rowOf(cut, 'pending_overdue_rate')).toMatchObject({ numerator: 0, denominator: 3 })
  })

  it('goes by the date of return where no date of a result is known', async () => {
    const dossiers: DossierRow[] = [{ received_at: '2024-06-03', due_at: '2024-06-10', returned_at: '2024-06-11', status: 'returned' }]
    expect(rowOf(await reportOn({ dossiers }, JUNE), 'late_rate')).toMatchObject({ numerator: 1, denominator: 1 })
  })

  it('stands under the name of its procedure where no export carries procedure codes', async () => {
    const named = (procedure_name: string): DossierRow => ({ received_at: '2024-06-03', channel: 'online', procedure_name })
    const dossiers = [named('Đăng ký khai sinh'), named('Cấp phép xây dựng'), named('Đăng ký khai sinh')]
    const report = await reportOn({ dossiers }, { ...JUNE, by: [['procedure']], metrics: ['online_submission_rate'] })
    const byName = report.rows.filter(({ procedure }) => procedure !== null).map((row) => [row.procedure!.name, row.denominator])
    expect(Object.fromEntries(byName)).toEqual({ 'Đăng ký khai sinh': 2, 'Cấp phép xây dựng': 1 })
  })
})

describe('a report', () => {
  it('can be made again on a store that stays open', async () => {
    await withFacts({ dossiers: [open, { ...open, received_at: '2024-06-03' }] }, async (store) => {
      const first = await reportOf(store, JUNE)
      expect(await reportOf(store, JUNE)).toEqual(first)
    })
  })

  it('can list the months of decades', async () => {
    const report = await reportOn({ dossiers: [open] }, { period: '2000..2025', by: [['month']], metrics: ['intake_digitisation_rate'] })
    expect(report.rows).toHaveLength(1 + 26 * 12)
  })

  it('is of the latest month with data up to its day when no period is asked for', async () => {
    const dossiers: DossierRow[] = [{ received_at: '2024-04-03' }, { received_at: '2024-05-20' }, { received_at: '2024-08-01' }]
    const { period, isDefaultPeriod } = await reportOn({ dossiers }, { asOf: '2024-06-25' })
    expect([period.label, isDefaultPeriod]).toEqual(['2024-05', true])
    expect((await reportOn({ dossiers }, { asOf: '2024-06-25', isYearToDate: true })).period.label).toBe('2024-01..2024-05')
    expect((await reportOn({ dossiers }, { asOf: '2024-06-25', calendar: 'report15' })).period).toMatchObject({
      from: '2024-05-15',
      until: '2024-06-15',
    })
  })

  it('refuses a period that has not begun, and a store without data', async () => {
    await expect(reportOn({ dossiers: [open] }, { ...JUNE, asOf: '2024-05-31' })).rejects.toMatchObject({ code: 'invalid_period' })
    await expect(reportOn({}, {})).rejects.toMatchObject({ code: 'no_data', exitStatus: 6 })
  })

  it('names metrics like the one that does not exist', async () => {
    const asked = reportOn({ dossiers: [open] }, { ...JUNE, metrics: ['on_time_rat'] })
    await expect(asked).rejects.toMatchObject({ code: 'unknown_metric', exitStatus: 2, hint: expect.stringContaining('on_time_rate') })
  })
})
