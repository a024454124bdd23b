import { expect, it } from 'vitest'

import { compareReported } from '../../src/measure/reported.js'
import { DEFAULT_POLICY, definitions, withFacts, type ChangeRow, type DossierRow, type UnitRow } from './support.js'

const DAY = '2025-07-01'
const units: UnitRow[] = [
  { code: 'O1', name: 'Xã Cũ', level: 'commune', valid_to: '2025-06-30' },
  { code: 'N1', name: 'Xã Mới', level: 'commune', valid_from: DAY },
]
const changes: ChangeRow[] = [{ old_code: 'O1', new_code: 'N1', effective_from: DAY, extent: 'whole' }]
const dossiers: DossierRow[] = [
  { unit_code: 'O1', received_at: '2025-06-20', resolved_at: '2025-07-05', status: 'returned' },
  { unit_code: 'N1', received_at: '2025-07-02', resolved_at: '2025-07-09', status: 'returned' },
  { unit_code: 'O1', received_at: '2025-06-02', resolved_at: '2025-06-09', status: 'returned' },
]

it('summaries are compared under the units that reports and forms count under, and those of units that are no more under the units of the time', async () => {
  await withFacts({ dossiers, units, changes }, async (store) => {
    for (const [unit, period] of [
      ['N1', '2025-07'],
      ['N1', '2025-06'],
      ['O1', '2025-06'],
    ])
      await store.run(
        `INSERT INTO reported_indicator_version (key, indicator, level, unit, period, numerator, load_id) VALUES ('${unit}${period}', 'resolved_total', 'commune', '${unit}', '${period}', 1, 1)`,
      )
    const asked = { policy: DEFAULT_POLICY, province: null, asOf: '2025-10-01' }
    const counted = async (more: { units?: 'current' | 'as-was' }) =>
      (await compareReported(store, definitions, { ...asked, ...more })).map((one) => [
        one.unit,
        one.period,
        one.units,
        one.computed?.numerator,
      ])
    expect((await counted({})).sort()).toEqual([
      ['N1', '2025-06', 'current', 1],
      ['N1', '2025-07', 'current', 2],
      ['O1', '2025-06', 'as-was', 1],
    ])
    expect((await counted({ units: 'as-was' })).find(([unit, period]) => unit === 'N1' && period === '2025-07')![3]).toBe(1)
  })
})
