import { expect, it } from 'vitest'

import { reportOn, rowOf, type DossierRow } from './support.js'

const dossiers = (unit: Pick<DossierRow, 'unit_code' | 'unit_name'>, n: number): DossierRow[] =>
  Array.from({ length: n }, () => ({ received_at: '2024-06-03', channel: 'online' as const, level: 'province' as const, ...unit }))
const facts = {
  dossiers: [
    ...dossiers({ unit_code: 'S2.H99', unit_name: 'Sở Y tế' }, 3),
    ...dossiers({ unit_code: 'S3.H99', unit_name: 'Sở Tư pháp' }, 4),
    ...dossiers({ unit_code: null, unit_name: 'SỞ Y TẾ' }, 2),
  ],
}
const asked = (unit: string) => reportOn(facts, { period: '2024-06', metrics: ['online_submission_rate'], by: [['level']], unit })

it('without a registry finds a unit by its code, as the files write it', async () => {
  const report = await asked('S2.H99')
  expect(rowOf(report, 'online_submission_rate', { unit: 'S2.H99' }).denominator).toBe(3)
  expect(report.rows.filter(({ unit }) => unit !== null)).toHaveLength(1)
})

it('without a registry finds every unit of a name, under whatever it stands', async () => {
  const report = await asked('Sở  y tế')
  expect(report.rows.filter(({ unit }) => unit !== null).map(({ denominator }) => denominator)).toEqual(expect.arrayContaining([3, 2]))
})

it('says that no dossier is of a unit, instead of a report without it', async () => {
  await expect(asked('Sở Nội vụ')).rejects.toMatchObject({ code: 'unknown_unit', message: 'no dossier is of a unit "Sở Nội vụ"' })
})

it('gives the same rows as a report on all, whatever else they are by', async () => {
  const fields = facts.dossiers.map((one, i) => ({ ...one, field: i % 2 === 0 ? 'Đất đai' : 'Hộ tịch' }))
  const wanted = { period: '2024-Q2', metrics: ['online_submission_rate'], by: [['unit', 'field'], ['unit', 'month'], ['unit']] as const }
  const all = await reportOn({ dossiers: fields }, wanted)
  const one = await reportOn({ dossiers: fields }, { ...wanted, unit: 'S3.H99' })
  const rows = all.rows.filter(({ unit }) => unit?.code === 'S3.H99')
  expect(rows.length).toBeGreaterThan(3)
  expect(one.rows.filter(({ unit }) => unit !== null)).toEqual(rows)
})
