import { describe, test } from 'vitest'

import { checkRoads, readCases } from '../support/cases.js'

describe.concurrent('every form of header and list gives its dossiers and nothing else, on both roads', () => {
  for (const one of readCases('headers')) test(`${one.file}: ${one.about}`, () => checkRoads('headers', one))
})
