import { expect, it } from 'vitest'

import { reportOn, type DossierRow } from './support.js'

const unit = (code: string, month: string, online: number, all: number, level: 'province' | 'commune' = 'province'): DossierRow[] =>
  Array.from({ length: all }, (_, i) => ({
    received_at: `${month}-10`,
    due_at: `${month}-12`,
    resolved_at: i < online ? `${month}-11` : `${month}-14`,
    unit_code: code,
    level,
  }))
const UNITS = ['A', 'B', 'C', 'D', 'E'].map((code) => ({ code, name: `Sở ${code}`, level: 'province' as const }))

it('ranks the units of a level by the whole numbers; equal figures share a place', async () => {
  const dossiers = [
    ...unit('A', '2024-07', 1, 3),
    ...unit('B', '2024-07', 2, 6),
    ...unit('C', '2024-07', 5, 6),
    ...unit('D', '2024-07', 0, 1),
  ]
  const before = [...unit('D', '2024-06', 3, 3), ...unit('A', '2024-06', 1, 3)]
  const commune = { code: 'X', name: 'Xã X', level: 'commune' as const }
  const facts = { units: [...UNITS, commune], dossiers: [...dossiers, ...before, ...unit('X', '2024-07', 1, 2, 'commune')] }
  const { rows } = await reportOn(facts, { period: '2024-07', by: [['unit']], compareWith: ['previous'], ranks: true })
  const places = (metric: string) =>
    Object.fromEntries(rows.filter((row) => row.metric === metric && row.unit).map((row) => [row.unit!.code, row.rank]))
  expect(places('on_time_rate')).toEqual({
    A: { place: 2, of: 4, before: { place: 2, of: 2 } },
    B: { place: 2, of: 4, before: null },
    C: { place: 1, of: 4, before: null },
    D: { place: 4, of: 4, before: { place: 1, of: 2 } },
    E: null,
    X: { place: 1, of: 1, before: null },
  })
  const late = places('late_rate')
  expect([late.C?.place, late.D?.place]).toEqual([1, 4])
})
