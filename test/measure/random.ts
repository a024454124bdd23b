import fc from 'fast-check'

import type { Level, Policy } from '../../src/definitions/schema.js'
import type { Calendar } from '../../src/language/period.js'
import type { Answer, Case, Span } from './oracle.js'
import { DEFAULT_POLICY, type UnitRow } from './support.js'

/** A period as asked for, and the days it must mean. */
export interface Asked extends Span {
  period: string
  calendar: Calendar
  months: Record<string, Span>
}

const span = (from: string, until: string): Span => ({ from, until })
const MONTHS = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12']
const firsts = [...MONTHS.map((month) => `2024-${month}-01`), '2025-01-01']
const year = Object.fromEntries(MONTHS.map((month, i) => [`2024-${month}`, span(firsts[i]!, firsts[i + 1]!)]))
const fifteenths = {
  '2024-04': span('2024-03-15', '2024-04-15'),
  '2024-05': span('2024-04-15', '2024-05-15'),
  '2024-06': span('2024-05-15', '2024-06-15'),
}

export const PERIODS: Asked[] = [
  { period: '2024-06', calendar: 'month', ...year['2024-06']!, months: { '2024-06': year['2024-06']! } },
  {
    period: '2024-Q2',
    calendar: 'month',
    ...span('2024-04-01', '2024-07-01'),
    months: { '2024-04': year['2024-04']!, '2024-05': year['2024-05']!, '2024-06': year['2024-06']! },
  },
  { period: '2024', calendar: 'month', ...span('2024-01-01', '2025-01-01'), months: year },
  {
    period: '2024-05-20..2024-06-10',
    calendar: 'month',
    ...span('2024-05-20', '2024-06-11'),
    months: { '2024-05': span('2024-05-20', '2024-06-01'), '2024-06': span('2024-06-01', '2024-06-11') },
  },
  { period: '2024-06', calendar: 'report15', ...fifteenths['2024-06'], months: { '2024-06': fifteenths['2024-06'] } },
  { period: '2024-Q2', calendar: 'report15', ...span('2024-03-15', '2024-06-15'), months: fifteenths },
]

/** The same period with everything after a day cut off. */
export function cutAt(asked: Asked, day: string | null): Asked {
  if (day === null || day >= asked.until) return asked
  const months = Object.entries(asked.months).filter(([, { from }]) => from < day)
  const cut = ({ from, until }: Span): Span => span(from, until < day ? until : day)
  return { ...asked, ...cut(asked), months: Object.fromEntries(months.map(([label, one]) => [label, cut(one)])) }
}

const DAYS = [
  ['2023-06-15', '2023-12-31', '2024-01-01', '2024-03-14', '2024-03-15', '2024-03-31', '2024-04-01', '2024-04-14', '2024-04-15'],
  ['2024-05-14', '2024-05-15', '2024-05-19', '2024-05-20', '2024-05-31', '2024-06-01', '2024-06-04', '2024-06-05', '2024-06-06'],
  ['2024-06-10', '2024-06-11', '2024-06-14', '2024-06-15', '2024-06-30', '2024-07-01', '2024-12-31', '2025-01-01'],
].flat()

const instant = fc
  .tuple(fc.constantFrom(...DAYS), fc.constantFrom('00:00:00', '08:30:00', '16:59:59', '23:59:59'))
  .map(([day, time]) => `${day} ${time}`)
const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { freq: 4, nil: null })
const flag = maybe(fc.boolean())

export const UNITS: UnitRow[] = [
  { code: 'U1', name: 'Sở Y tế', level: 'province' },
  { code: 'U2', name: 'Xã Hòa Bình', level: 'commune' },
  { code: 'U3', name: 'Cục Thuế', level: 'province', is_vertical_sector: true },
  { code: 'U4', name: 'Chi nhánh đất đai', level: 'district', reporting_level: 'province' },
]

type Place = Pick<Case, 'unit_code' | 'unit_name' | 'unit' | 'level' | 'isVerticalUnit'>
const place = (
  unit_code: string | null,
  unit_name: string | null,
  unit: string | null,
  level: Level | null,
  isVerticalUnit = false,
): Place => ({
  unit_code,
  unit_name,
  unit,
  level,
  isVerticalUnit,
})

/** What files say of units, with what it means under the registry UNITS (unit '' is one that the registry does not know). */
const REGISTERED = [
  place('U1', null, 'U1', 'province'),
  place('u1', 'Sở Y tế', 'U1', 'province'),
  place(null, 'UBND xã Hoà Bình', 'U2', 'commune'),
  place('U3', 'Cục Thuế', 'U3', 'province', true),
  place(null, 'Chi nhánh  Đất đai', 'U4', 'province'),
  place(null, 'Phường Hòa Bình', '', 'commune'),
  place('X9', null, '', null),
  place(null, null, null, 'district'),
]
const UNREGISTERED = [
  place('U1', null, 'U1', 'province'),
  place(null, 'UBND Xã Hoà Bình', 'xã hoà bình', 'commune'),
  place(null, 'xã Hòa Bình', 'xã hoà bình', 'commune'),
  place('U4', 'Chi nhánh đất đai', 'U4', null),
  place(null, null, null, 'district'),
  place(null, null, null, null),
]
const places = (hasRegistry: boolean): fc.Arbitrary<Place> => fc.constantFrom(...(hasRegistry ? REGISTERED : UNREGISTERED))

const STATUSES = [
  'new',
  'received',
  'not_received',
  'processing',
  'supplement_requested',
  'payment_requested',
  'withdrawn',
  'stopped',
  'resolved',
  'returned',
]

/** A dossier about which anything may be unknown but the day it was given up; a result never comes before the receipt. */
export const dossier = (hasRegistry: boolean, received = maybe(instant)): fc.Arbitrary<Case> =>
  fc
    .record({
      place: places(hasRegistry),
      received_at: received,
      due_at: maybe(instant),
      resolved_at: fc.option(instant, { freq: 1, nil: null }),
      returned_at: fc.option(instant, { freq: 1, nil: null }),
      updated_at: maybe(instant),
      paid_at: maybe(instant),
      status: maybe(fc.constantFrom(...STATUSES)),
      channel: maybe(fc.constantFrom('online' as const, 'online' as const, 'in_person' as const, 'postal' as const)),
      service_level: maybe(fc.constantFrom('full' as const, 'partial' as const, 'information' as const)),
      fee: maybe(fc.constantFrom(0, 1, 150_000)),
      payment: maybe(
        fc.constantFrom('online', 'cash', 'transfer', 'not_online', 'none', 'exempt') as fc.Arbitrary<NonNullable<Case['payment']>>,
      ),
      is_intake_digitised: flag,
      is_result_digitised: flag,
      is_data_reused: flag,
      has_apology_letter: flag,
      is_assisted: flag,
      is_vertical_sector: fc.constantFrom(null, false, false, false, true),
      field: fc.constantFrom('Đất đai', 'Đất  đai ', 'đất \u200bđai', 'Hộ tịch', 'Hộ tịch'.normalize('NFD'), ' ', null),
      procedure_code: fc.constantFrom('1.001612.000.00.00.H48', '1.001612', ' 1.001612\u00a0', '1.012766', '\u200b', null),
      procedure_name: fc.constantFrom('Cấp giấy phép', 'cấp  giấy phép', null),
    })
    .map(({ place, ...one }) => {
      const notBefore = (time: string | null): string | null =>
        time !== null && one.received_at !== null && time < one.received_at ? one.received_at : time
      const isGivenUp = one.status === 'withdrawn' || one.status === 'stopped'
      return {
        ...one,
        ...place,
        resolved_at: notBefore(one.resolved_at),
        returned_at: notBefore(one.returned_at),
        updated_at: notBefore(one.updated_at ?? (isGivenUp ? '2024-06-05 08:30:00' : null)),
      }
    })

export const knownInstant = instant

export const answer = (hasRegistry: boolean): fc.Arbitrary<Answer> =>
  fc
    .record({
      place: places(hasRegistry),
      answered_at: instant,
      score: fc.integer({ min: 1, max: 5 }),
      survey_kind: fc.constantFrom('survey' as const, 'survey' as const, 'kiosk' as const),
      factor: fc.constantFrom('access', 'results', null),
    })
    .map(({ place: { isVerticalUnit: _vertical, ...place }, ...one }) => ({
      ...one,
      ...place,
      level: hasRegistry && place.unit ? place.level : null,
    }))

export const policies: fc.Arbitrary<Policy> = fc.record({
  label: fc.constant(DEFAULT_POLICY.label),
  compare: fc.constantFrom('day', 'time'),
  withdrawn: fc.constantFrom('excluded', 'on_time'),
  stopped: fc.constantFrom('excluded', 'on_time'),
  no_due_date: fc.constantFrom('apart', 'on_time'),
  suspended: fc.constantFrom('apart', 'by_due_date'),
  vertical_sector: fc.constantFrom('excluded', 'included'),
})
