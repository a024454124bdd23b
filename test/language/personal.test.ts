import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { DOUBTFUL, isPersonalText, maskPersonal } from '../../src/language/personal.js'
import { property } from '../support/property.js'

describe('masking', () => {
  test.each([
    ['036090012345', '•••'],
    ['CCCD 096190000123 cấp 2021', 'CCCD ••• cấp 2021'],
    ['036 090 012 345', '•••'],
    ['số 036.090.012.345, cấp lại', 'số •••, cấp lại'],
    ['123456789', '•••'],
    ['CMND 341234567 do CA Cà Mau cấp', 'CMND ••• do CA Cà Mau cấp'],
    ['hộ chiếu B1234567, C12345678', 'hộ chiếu •••, •••'],
    ['0912345678', '•••'],
    ['gọi 0912 345 678 hoặc +84 912.345.678', 'gọi ••• hoặc •••'],
    ['(0919) 317 156', '•••'],
    ['ĐT (0919.317.156)', 'ĐT (•••)'],
    ['ĐT0919340913A', 'ĐT•••A'],
    ['+84 (0) 919 317 156', '•••'],
    ['máy bàn 0290 3831 234; 02903831234', 'máy bàn •••; •••'],
    ['0919\u00a0317\u00a0156', '•••'],
    ['0919\u200b317\u200d156', '•••'],
    ['0919–317–156', '•••'],
    ['０９１９３１７１５６', '•••'],
    ['٠٩١٩٣١٧١٥٦', '•••'],
    ['𝟎𝟗𝟏𝟗𝟑𝟏𝟕𝟏𝟓𝟔', '•••'],
    ['0912345678 036090012345', '••• •••'],
    ['gọi ngày 05/09/2025 số 0912345678', 'gọi ngày 05/09/2025 số •••'],
    ['an.nguyen@camau.gov.vn', '•••'],
    ['thư nguyễn.văn.an@ví-dụ.vn.', 'thư •••.'],
    ['<a＠b.vn>', '<•••>'],
  ])('%s becomes %s', (text, masked) => {
    expect(maskPersonal(text)).toBe(masked)
  })

  test.each([
    '31/02/2025',
    '31.02.2025 10:00:00',
    '05.09.2025 10:00:00',
    '05-09-2025 1000',
    '20240230101500',
    '2025-09-03 16:30:05',
    '000.00.01.H99-240503-0001',
    '1.012766.000.00.00.H48',
    '000.00.53.H48-220921-0099',
    '1234/QĐ-UBND ngày 12/03/2025',
    '1.234,56',
    '120.000.000',
    '1.120.000.000 đ',
    'a@b',
    'Bồ câu đưa thư',
    '20/13/2024',
    'Sở Y tế (012)',
  ])('%s stays', (text) => {
    expect(maskPersonal(text)).toBe(text)
  })

  test('costs no more a character in a text thirty times as long, whatever it consists of', () => {
    const cost = (text: string): number => {
      const start = process.cpuUsage()
      maskPersonal(text)
      const { user, system } = process.cpuUsage(start)
      return user + system
    }
    for (const part of ['a', 'a@', '@', '1', '1 ', '0912', '09.', '(', ' ', 'a.', 'B1234567 ', '\u200b', '１', '1\u200b', 'ạ@ạ.']) {
      const [short, long] = [10_000, 300_000].map((length) => {
        const text = part.repeat(Math.ceil(length / part.length))
        return Math.min(cost(text), cost(text), cost(text))
      })
      expect(long, part).toBeLessThan(300 * Math.max(short!, 1_000))
    }
  })

  test('changes only texts that the engine is told to look at', () => {
    const doubtful = new RegExp(DOUBTFUL, 'u')
    const parts = fc.constantFrom(
      '0',
      '9',
      '1',
      '84',
      '036',
      '0919',
      '317',
      '156',
      ' ',
      '.',
      '-',
      '(',
      ')',
      '\u200b',
      '\u00a0',
      'B',
      '@',
      'a',
      '９',
      ', ',
    )
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 18 }), (all) => {
        const text = all.join('')
        const masked = maskPersonal(text)
        expect(masked === text || doubtful.test(text), text).toBe(true)
        expect(maskPersonal(masked)).toBe(masked)
      }),
      property(2000),
    )
  })
})

test.each([
  ['0987654321', true],
  ['+84 987 654 321', true],
  ['(0987) 654.321', true],
  ['036 090 012 345', true],
  ['a.b@vi-du.vn', true],
  ['an nguyễn @ vi-du.vn', false],
  ['0000012345', false],
  ['012345678', false],
  ['20250901000123', false],
  ['000.00.01.H99-240503-0001', false],
])('%s alone says who somebody is: %s', (text, isPersonal) => {
  expect(isPersonalText(text)).toBe(isPersonal)
})
