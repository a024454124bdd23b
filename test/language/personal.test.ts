import { expect, test } from 'vitest'

import { maskPersonal } from '../../src/language/personal.js'

test.each([
  ['036090012345', '•••'],
  ['CCCD 096190000123 cấp 2021', 'CCCD ••• cấp 2021'],
  ['123456789', '•••'],
  ['0912345678', '•••'],
  ['gọi 0912 345 678 hoặc +84 912.345.678', 'gọi ••• hoặc •••'],
  ['an.nguyen@camau.gov.vn', '•••'],
])('%s becomes %s', (text, masked) => {
  expect(maskPersonal(text)).toBe(masked)
})

test.each([
  '31/02/2025',
  '31.02.2025 10:00:00',
  '20240230101500',
  '000.00.01.H99-240503-0001',
  '1.234,56',
  '120.000.000',
  'Bồ câu đưa thư',
  '20/13/2024',
])('%s stays', (text) => {
  expect(maskPersonal(text)).toBe(text)
})
