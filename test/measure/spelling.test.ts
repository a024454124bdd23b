import { describe, expect, it } from 'vitest'

import type { Comparison } from '../../src/measure/compare.js'
import { reportOn, rowOf, type DossierRow } from './support.js'

const METRIC = 'online_submission_rate'
const JUNE = { period: '2024-06', metrics: [METRIC] }
const at = (field: string | null, more: DossierRow = {}): DossierRow => ({
  received_at: '2024-06-05',
  channel: 'online',
  field,
  unit_name: 'Sở Y tế',
  ...more,
})
const counts = (rows: readonly Comparison[], of: (row: Comparison) => string | null): string[] =>
  rows.flatMap((row) => (of(row) === null ? [] : [`${of(row)}: ${row.denominator}`]))

describe('texts that read alike', () => {
  const dossiers = [
    at('Đất đai'),
    at('Đất  đai'),
    at(' đất \u200bđai', { channel: 'in_person' }),
    at('Hộ tịch'),
    at('Hộ tịch'.normalize('NFD')),
    at('HỘ TỊCH'),
    at('Hóa chất'),
    at('Hoá chất'),
    at(null),
    at('\u200b '),
  ]

  it('are one field, called as most of the dossiers call it, and no dossier is lost', async () => {
    const report = await reportOn({ dossiers }, { ...JUNE, by: [['field'], ['unit', 'field']] })
    const all = [': 2', 'Đất đai: 3', 'Hoá chất: 2', 'Hộ tịch: 3']
    expect(counts(report.rows, ({ field, unit }) => (unit ? null : field))).toEqual(all)
    expect(counts(report.rows, ({ field, unit }) => (unit ? field : null))).toEqual(all)
    expect(rowOf(report, METRIC, { field: 'Đất đai' })).toMatchObject({ numerator: 2, denominator: 3 })
  })

  it('are one with how the earlier period wrote it', async () => {
    const may = [at('ĐẤT ĐAI', { received_at: '2024-05-05' }), at('đất  đai', { received_at: '2024-05-05' })]
    const report = await reportOn(
      { dossiers: [...may, at('Đất đai'), at('Đất đai')] },
      { ...JUNE, by: [['field']], compareWith: ['previous'] },
    )
    expect(rowOf(report, METRIC, { field: 'Đất đai' }).previous).toMatchObject({ denominator: 2 })
  })

  it('are one procedure, by its number, or where that is not said by its name', async () => {
    const named = (procedure_code: string | null, procedure_name: string | null): DossierRow => at(null, { procedure_code, procedure_name })
    const report = await reportOn(
      {
        dossiers: [
          named('1.001612.000.00.00.H48', 'Cấp giấy phép'),
          named(' 1.001612\u00a0', 'cấp giấy phép'),
          named('1.001612', 'Cấp giấy phép'),
          named(null, 'Khai sinh'),
          named('\u200b', 'khai  sinh'),
          named('khai sinh', null),
          named(null, null),
        ],
      },
      { ...JUNE, by: [['procedure']] },
    )
    expect(counts(report.rows, ({ procedure }) => procedure && `${procedure.code} ${procedure.name}`)).toEqual([
      '1.001612 Cấp giấy phép: 3',
      'KHAI SINH null: 1',
      'null null: 1',
      'null Khai sinh: 2',
    ])
  })

  it('are one factor of a survey', async () => {
    const answers = ['Tiếp cận', 'tiếp  cận', 'Tiếp cận', 'Kết quả'].map((factor) => ({ answered_at: '2024-06-05', score: 5, factor }))
    const report = await reportOn({ answers }, { ...JUNE, metrics: ['satisfaction_rate'], by: [['factor']] })
    expect(counts(report.rows, ({ factor }) => factor)).toEqual(['Kết quả: 1', 'Tiếp cận: 3'])
  })
})

describe('rows by level and unit', () => {
  it('are those by unit: a unit that files put on two levels is one row with all its dossiers', async () => {
    const dossiers = [at(null, { level: 'province' }), at(null, { level: 'commune' }), at(null)]
    const report = await reportOn({ dossiers }, { ...JUNE, by: [['level', 'unit']] })
    expect(counts(report.rows, ({ unit }) => unit && unit.name)).toEqual(['Sở Y tế: 3'])
  })
})
