import { expect, it } from 'vitest'

import { bar, sparkline } from '../../../src/report/terminal/spark.js'

it('draws a month a character, and a dot where there is no figure', () => {
  expect(sparkline([5000, 6000, null, 9000])).toBe('▁▃·█')
  expect(sparkline([])).toBe('')
  expect(sparkline([null, null])).toBe('')
})

it('does not make mountains of figures that hardly differ', () => {
  expect(sparkline([9990, 9995, 9999])).toBe('▄▅▅')
  expect(sparkline([0, 10_000])).toBe('▁█')
  expect(sparkline([0, 1])).toMatch(/^▁▁$/)
})

it('draws a rate from 0 to 100 with a stroke at the target', () => {
  expect(bar(5000, 8000, 10)).toBe('█████···│·')
  expect(bar(9217, 8000, 10)).toBe('████████│·')
  expect(bar(10_000, 10_000, 10)).toBe('█████████│')
  expect(bar(0, 300, 10)).toBe('│·········')
  for (const shown of [0, 1, 4999, 9999, 10_000]) expect(bar(shown, 6000, 12)).toHaveLength(12)
})
