import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { readTimeIn } from '../../src/ingest/cell-options.js'
import { isNoTime } from '../../src/language/nothing.js'
import { dateFormatProblem, parseTimeIn, readDateFormat } from '../../src/language/date-format.js'
import { render } from '../../src/messages/message.js'
import { openEngine, type Engine } from '../support/engine.js'
import { property } from '../support/property.js'

const read = (format: string, text: string): string | null => parseTimeIn(readDateFormat(format), text)

describe('a point in time in a format that is given', () => {
  test.each([
    ['dd/MM/yyyy HH:mm', '03/05/2024 08:07', '2024-05-03 08:07:00'],
    ['dd/MM/yyyy HH:mm', ' 03/05/2024\u00a0 08:07\u200b', '2024-05-03 08:07:00'],
    ['MM/dd/yyyy', '02/13/2025', '2025-02-13 00:00:00'],
    ['d/M/yyyy', '3/5/2024', '2024-05-03 00:00:00'],
    ['d/M/yyyy', '13/12/2024', '2024-12-13 00:00:00'],
    ['dd.MM.yy H:m:s', '03.05.24 8:7:9', '2024-05-03 08:07:09'],
    ['yyMMdd', '990503', '2099-05-03 00:00:00'],
    ['yyyyMMddHHmmss', '20240503080709', '2024-05-03 08:07:09'],
    ["yyyy-MM-dd'T'HH:mm", '2024-05-03T08:07', '2024-05-03 08:07:00'],
    ["HH'h'mm, 'ngày' d 'tháng' M 'năm' yyyy", '08h07, ngày 3 tháng 5 năm 2024', '2024-05-03 08:07:00'],
    ['MM/dd/yyyy hh:mm a', '05/03/2024 02:07 PM', '2024-05-03 14:07:00'],
    ['M/d/yy h:mm:ss a', '5/3/24 12:07:09 SA', '2024-05-03 00:07:09'],
    ['a h:mm d/M/yyyy', 'CH 12:07 3/5/2024', '2024-05-03 12:07:00'],
    ['dd/MM/yyyy HH:mm', '03/05/2024 24:00', '2024-05-03 23:59:59.999999'],
    ["d''M''yyyy", "3'5'2024", '2024-05-03 00:00:00'],
    ['dd(MM)yyyy?', '03(05)2024?', '2024-05-03 00:00:00'],
  ])('%s reads %s', (format, text, time) => expect(read(format, text)).toBe(time))

  test.each([
    ['MM/dd/yyyy', '13/02/2025'],
    ['dd/MM/yyyy', '31/02/2024'],
    ['dd/MM/yyyy', '3/5/2024'],
    ['dd/MM/yyyy', '03/05/2024 08:00'],
    ['dd/MM/yyyy', '03-05-2024'],
    ['dd/MM/yyyy', '2024-05-03'],
    ['dd/MM/yyyy', '45415'],
    ['dd/MM/yyyy HH:mm', '03/05/2024'],
    ['dd/MM/yyyy HH:mm', '03/05/2024 24:01'],
    ['MM/dd/yyyy hh:mm a', '05/03/2024 13:07 PM'],
    ['MM/dd/yyyy hh:mm a', '05/03/2024 00:07 AM'],
    ['MM/dd/yyyy hh:mm a', '05/03/2024 02:07'],
    ['dd.MM.yyyy', '03/05/2024'],
    ['dd/MM/yyyy', '03/05/1889'],
  ])('%s does not read %s', (format, text) => expect(read(format, text)).toBeNull())

  test.each([
    ['dd/MM', 'does not say the year'],
    ['MM/yyyy', 'does not say the day'],
    ['dd/mm/yyyy', 'does not say the month'],
    ['dd/MM/yyyy mm:ss', 'minutes need hours'],
    ['dd/MM/yyyy HH:ss', 'seconds need minutes'],
    ['dd/MM/yyyy dd', 'the day twice'],
    ['dd/MM/yyyy hh:mm', 'needs the half of the day'],
    ['dd/MM/yyyy HH:mm a', 'needs the half of the day'],
    ['dd/MM/yyyy HH:mm hh a', 'the hour twice'],
    ['ddd/MM/yyyy', '"ddd" is none of'],
    ['dd/MMM/yyyy', '"MMM" is none of'],
    ['yyyy-MM-ddTHH:mm', '"T" is none of'],
    ['dd/MM/2024 yyyy', '"2" is none of'],
    ["dd/MM/yyyy 'lúc", '"\'" is none of'],
    ['dMyyyy', 'write "dd" before "M"'],
  ])('%s is no format, and the reason is said', (format, reason) => expect(render(dateFormatProblem(format)!, 'en')).toContain(reason))
})

const FORMATS = [
  'dd/MM/yyyy',
  'd/M/yy',
  'MM/dd/yyyy HH:mm',
  "d 'th%áng' M.yyyy H:m:s",
  'yy-MM-dd HH',
  'ddMMyyyyHHmm',
  "\\d'\\'M|yy",
  'MM/dd/yyyy hh:mm a',
  'a h:m:s d/M/yy',
] as const
const MOST: Record<string, number> = { d: 32, M: 13, y: 2101, H: 25, h: 14, m: 61, s: 61 }

/** Texts in a format or nearly so: days and hours that are none, digits too few or too many, other signs, spaces. */
function textsIn(format: string): fc.Arbitrary<string> {
  const parts = readDateFormat(format).parts.map((part): fc.Arbitrary<string> => {
    if ('literal' in part)
      return fc.oneof({ weight: 20, arbitrary: fc.constant(part.literal) }, { weight: 1, arbitrary: fc.constantFrom('-', '/', '') })
    if (part.token === 'a') return fc.constantFrom('SA', 'CH', 'sa', 'Am', 'PM', 'p.m.', 'A.M.', 'XX', '')
    const most = MOST[part.token]!
    const numbers = fc
      .integer({ min: part.token === 'y' ? 1985 : 0, max: most })
      .map((n) => String(n).slice(-2 * Math.ceil(part.digits / 2)))
    const padded = numbers.map((text) => text.padStart(part.digits, '0'))
    return fc.oneof({ weight: 20, arbitrary: padded }, { weight: 1, arbitrary: numbers.map((text) => text.padStart(part.digits + 1, '0')) })
  })
  const around = fc.constantFrom('', '', '', ' ', '\u00a0', '\u200b', '\u2028', 'x')
  return fc.tuple(around, ...parts, around).map((all) => all.join(''))
}

describe('the SQL of the bulk road', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await openEngine()
  })
  afterAll(() => engine.close())

  test.each(FORMATS)('reads %s as the program does', async (format) => {
    let good = 0
    await fc.assert(
      fc.asyncProperty(fc.array(textsIn(format), { minLength: 60, maxLength: 80 }), async (texts) => {
        const found = await engine.read(({ raw }) => readTimeIn(raw, format, false), texts)
        const own = texts.map((one) => ({ value: read(format, one), problem: read(format, one) === null && !isNoTime(one, false) }))
        good += own.filter(({ value }) => value !== null).length
        expect(found.map(({ value, problem }, i) => ({ text: texts[i], value: problem ? null : value, problem }))).toEqual(
          own.map((one, i) => ({ text: texts[i], ...one })),
        )
      }),
      property(20),
    )
    expect(good).toBeGreaterThan(200)
  })
})
