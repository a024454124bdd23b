import { describe, test } from 'vitest'

import { checkCase, readCases } from '../support/cases.js'

describe.concurrent('every trap of text, numbers, dates and layouts is read as it is meant', () => {
  for (const one of readCases('traps')) test(`${one.file}: ${one.about}`, () => checkCase('traps', one))
})
