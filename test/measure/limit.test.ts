import { expect, it } from 'vitest'

import { assertFew } from '../../src/measure/limit.js'

it('a report of more figures than fit in memory is refused, with what to do', () => {
  const query = { groupings: [['level'], ['unit', 'procedure']] as const, metrics: [] }
  expect(() => assertFew(1_000_000, query)).not.toThrow()
  expect(() => assertFew(1_000_001, query)).toThrow(
    expect.objectContaining({
      code: 'too_many_figures',
      exitStatus: 2,
      message: 'by level,unit+procedure there are more than 1,000,000 figures of 0 metrics',
      hint: expect.stringContaining('--metric'),
    }),
  )
})
