import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { isNoTime } from '../../src/language/nothing.js'
import { readTime } from '../../src/ingest/cells.js'
import { addDays, formatDate, parseDate, parseTime } from '../../src/language/date.js'
import { openEngine, type Engine } from '../support/engine.js'
import { property } from '../support/property.js'

const NOON = '2024-05-03 12:00:00'

describe('a point in time', () => {
  test('is read in every form that exports write', () => {
    for (const text of [
      '03/05/2024 12:00:00',
      '03/05/2024 12:00',
      '3/5/2024 12:00',
      '12:00 03/05/2024',
      '12:00:00 3/5/2024',
      '03-05-2024 12:00',
      '03.05.2024 12:00',
      '2024-05-03 12:00:00',
      '2024-05-03T12:00:00',
      '2024-05-03T12:00',
      '2024-05-03T12:00:00+07:00',
      '2024-05-03T12:00:00+0700',
      '2024-05-03T12:00:00+07',
      '2024-05-03T05:00:00Z',
      '2024-05-03 00:00:00 -05:00',
      '20240503120000',
      '202405031200',
      '45415.5',
      ' 03/05/2024\u00a012:00\u200b',
    ]) {
      expect(parseTime(text), text).toBe(NOON)
    }
    for (const text of ['03/05/2024', '3-5-2024', '2024-05-03', '20240503', '45415'])
      expect(parseTime(text), text).toBe('2024-05-03 00:00:00')
  })

  test('keeps decimals of a second, up to six, in every form', () => {
    for (const text of [
      '2024-05-03T12:00:00.2',
      '2024-05-03 12:00:00,200',
      '2024-05-03T05:00:00.200Z',
      '03/05/2024 12:00:00.2',
      '20240503120000200',
      '20240503120000.200',
    ])
      expect(parseTime(text), text).toBe(`${NOON}.2`)
    expect(parseTime('2024-05-03T12:00:00.1234567')).toBe(`${NOON}.123456`)
    expect(parseTime('2024-05-03T12:00:00.000')).toBe(NOON)
  })

  test('is read with its time of day as people write it', () => {
    const afternoon = [
      '2:30 CH',
      '02:30 CH',
      '2:30:00 ch',
      '2:30 PM',
      '2:30pm',
      '2:30 p.m.',
      '14h30',
      '14g30',
      '14 giờ 30 phút',
      '14H30',
      '14:30 CH',
    ]
    for (const clock of afternoon) {
      for (const text of [
        `03/05/2024 ${clock}`,
        `${clock} 3/5/2024`,
        `2024-05-03 ${clock}`,
        `03/05/2024, ${clock}`,
        `lúc ${clock} ngày 3/5/2024`,
      ])
        expect(parseTime(text), text).toBe('2024-05-03 14:30:00')
    }
    const read = (clock: string): string | undefined => parseTime(`03/05/2024 ${clock}`)?.slice(11)
    expect(
      ['8:05 SA', '12:10 SA', '12:10 CH', '12:00:00 AM', '12:00:00 PM', '0:10 SA', '11:59:59 CH', '8h', '8:05:06.25 SA'].map(read),
    ).toEqual(['08:05:00', '00:10:00', '12:10:00', '00:00:00', '12:00:00', '00:10:00', '23:59:59', '08:00:00', '08:05:06.25'])
    for (const text of ['03/05/2024 24:00:00', '24:00 03/05/2024', '2024-05-03T24:00:00', '20240503240000', '03/05/2024 24h00'])
      expect(parseTime(text), text).toBe('2024-05-03 23:59:59.999999')
    for (const clock of ['14:30 SA', '0:30 CH', '25:00 CH', '24:00 CH', '24:01', '24:00:01', '8:05 XX', '8h65', 'SA', '8 SA'])
      expect(read(clock), clock).toBeUndefined()
    expect(parseTime('2024-05-03T02:30 PM+07:00')).toBeNull()
  })

  test('crosses midnight and the year with its offset', () => {
    expect(parseTime('2024-12-31T17:30:00Z')).toBe('2025-01-01 00:30:00')
    expect(parseTime('2025-01-01T00:00:00+09:00')).toBe('2024-12-31 22:00:00')
  })

  test('is never read month first, on a day that does not exist, in a year of two digits, or out of all time', () => {
    for (const text of [
      '12/25/2024',
      '31/02/2024',
      '29/02/2023',
      '32/01/2024',
      '00/01/2024',
      '01/00/2024',
      '31/04/2024',
      '2024-13-01',
      '2024-02-30',
      '20240230',
      '20240230080000',
      '03/05/24',
      '03/05/2024 08:60',
      '03/05/2024 08:00:60',
      '08:00 03/05/2024 09:00',
      '01/01/1889',
      '01/01/2100',
      '31/12/1989',
      '0',
      '1',
      '99999',
      '123456',
      '',
      'hôm qua',
      '03/05',
      '05/2024',
      '2024/05/03',
      'NULL',
      '2024-05-03T12:00:00+25:00',
    ]) {
      expect(parseTime(text), text).toBeNull()
    }
    expect(parseTime('29/02/2024')).toBe('2024-02-29 00:00:00')
  })

  test('is a day without its time', () => {
    expect(parseDate('03/05/2024 23:59:59')).toBe('2024-05-03')
    expect(parseDate('x')).toBeNull()
  })
})

test('days are added by the calendar and written as people here write them', () => {
  expect([addDays('2024-02-28', 1), addDays('2024-02-28', 2), addDays('2025-01-01', -1), addDays('2024-12-31', 1)]).toEqual([
    '2024-02-29',
    '2024-03-01',
    '2024-12-31',
    '2025-01-01',
  ])
  expect(formatDate('2024-09-03')).toBe('03/09/2024')
  expect(formatDate('2024-09-03 08:00:00')).toBe('03/09/2024')
})

const number = (max: number): fc.Arbitrary<string> =>
  fc.tuple(fc.integer({ min: 0, max }), fc.boolean()).map(([value, isPadded]) => String(value).padStart(isPadded ? 2 : 1, '0'))
const year = fc
  .oneof(
    { weight: 8, arbitrary: fc.integer({ min: 1985, max: 2105 }) },
    { weight: 1, arbitrary: fc.constantFrom(24, 999, 1899, 1900, 9999) },
  )
  .map(String)
const clock = fc
  .tuple(number(25), number(61), fc.option(number(61), { nil: null }))
  .map((parts) => parts.filter((part) => part !== null).join(':'))
const slashed = fc
  .tuple(number(33), number(14), year, fc.constantFrom('/', '-', '.'))
  .map(([day, month, y, mark]) => [day, month, y].join(mark))
const iso = fc.tuple(year, number(14), number(33)).map((parts) => parts.join('-'))
const zone = fc.constantFrom(
  '',
  '.200',
  ',25',
  '.1234567+07:00',
  'Z',
  ' Z',
  '+07:00',
  '+0700',
  '+07',
  '-05:30',
  ' +00:00',
  '.5',
  '.123456Z',
  '+99:99',
  'z',
  '+7',
)
const digits = fc.tuple(year, number(14), number(33), clock).map((parts) => parts.join('').replaceAll(':', ''))
const worded = fc
  .tuple(
    number(25),
    fc.constantFrom(':', 'h', 'g', ' giờ ', 'H'),
    number(61),
    fc.constantFrom('', ':05', ' CH', ' SA', 'pm', ' AM', ' a.m.', ':07 CH', "'", ' phút'),
  )
  .map((parts) => parts.join(''))
const text = fc.oneof(
  fc.tuple(fc.oneof(slashed, iso), fc.constantFrom(' ', ', ', ' - ', 'T'), worded).map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom('', 'lúc '), worded, fc.constantFrom(' ', ' ngày ', ', '), slashed).map((parts) => parts.join('')),
  fc.tuple(slashed, fc.constantFrom(' 24:00', ' 24:00:00', ' 24:01', ' 24:00 CH', ' 24h', ' 24:00:00.000')).map((parts) => parts.join('')),
  slashed,
  iso,
  fc.tuple(slashed, clock).map((parts) => parts.join(' ')),
  fc.tuple(clock, slashed).map((parts) => parts.join(' ')),
  fc.tuple(slashed, clock, fc.constantFrom('.5', ',200', '.000', '.1234567')).map(([day, time, rest]) => `${day} ${time}${rest}`),
  fc.tuple(digits, fc.constantFrom('200', '.500', '5')).map((parts) => parts.join('')),
  fc.tuple(iso, fc.constantFrom('T', ' ', '  ', 't'), clock, zone).map((parts) => parts.join('')),
  digits,
  fc.tuple(fc.integer({ min: 0, max: 120_000 }), fc.constantFrom('', '.5', '.25', '.123456', ',5', '.')).map((parts) => parts.join('')),
  fc.stringMatching(/^[0-9/:. TZ+-]{0,20}$/),
  fc.constantFrom(
    '',
    ' ',
    'hôm qua',
    'null',
    '-',
    '\u00a003/05/2024',
    '03/05/2024\u200b',
    '03/05/2024  08:00',
    '٠٣/٠٥/٢٠٢٤',
    '03／05／2024',
  ),
)

/** The form that most cells of a column have, which is read the quick way. */
const mostly = fc.constantFrom(null, '03/05/2024', '03.05.2024 08:00', '3-5-2024', '2024-05-03 08:00:00', '2024-05-03', '20240503080000')

describe('the SQL of the bulk road', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await openEngine()
  })
  afterAll(() => engine.close())

  test('reads the same points in time as the program', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 40, maxLength: 80 }), mostly, async (some, form) => {
        const texts = [...some, ...Array<string>(form === null ? 0 : 100).fill(form!)]
        const read = await engine.read(readTime, texts)
        for (const [i, { value, problem }] of read.entries()) {
          const expected = parseTime(texts[i]!)
          expect({ text: texts[i], value: problem ? null : value }).toEqual({ text: texts[i], value: expected })
          expect({ text: texts[i], problem }).toEqual({ text: texts[i], problem: expected === null && !isNoTime(texts[i]!, false) })
        }
      }),
      property(25),
    )
  }, 300_000)
})
