import { describe, expect, it } from 'vitest'

import { metric } from '../../src/definitions/schema.js'

const words = { vi: 'A', en: 'B' }
const COMMON = { label: words, short: words, definition: words, direction: 'higher', source: 'plan' }

describe('a metric', () => {
  it.each([
    [{ population: 'received', timeliness: ['late'] }, /what is received is never late/],
    [{ population: 'resolved', timeliness: ['overdue'] }, /what is resolved is never overdue/],
    [{ population: 'pending', timeliness: ['early'] }, /what is pending is never early/],
    [{ population: 'resolved', of_timeliness: ['late'], timeliness: ['early'] }, /early is not among of_timeliness/],
    [{ population: 'received', counts: 'true', survey_kind: 'kiosk' }, /only answers/],
    [{ numerator: [{ population: 'answered' }], denominator: [{ population: 'received' }] }, /counts dossiers, not answers/],
    [{ numerator: [{ population: 'paid', timeliness: ['late'] }], denominator: [{ population: 'paid' }] }, /what is paid is never late/],
    [{ numerator: [{ population: 'paid' }], denominator: [{ population: 'paid' }], counts: 'true' }, /has no counts/],
  ])('%j, which would count something else than it says, is refused', (said, message) => {
    const { error } = metric.safeParse({ ...COMMON, ...said })
    expect(error?.issues.map((issue) => issue.message)).toEqual([expect.stringMatching(message)])
  })
})
