import { describe, test } from 'vitest'

import { checkCase, readCases } from '../support/cases.js'

describe.concurrent('every kind of bad input is refused, or its rows rejected, for a reason that has a name', () => {
  for (const one of readCases('bad-input')) test(`${one.file}: ${one.about}`, () => checkCase('bad-input', one))
})
