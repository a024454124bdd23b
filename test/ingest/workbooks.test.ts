import { describe, expect, test } from 'vitest'

import { checkCase, readCases } from '../support/cases.js'
import { run, SAMPLES } from '../support/program.js'

const cases = readCases('workbooks')

describe.concurrent('every workbook that a real program has written is read as it means it', () => {
  for (const one of cases) test(`${one.file}: ${one.about}`, () => checkCase('workbooks', one))
})

test('an old workbook and one with a password say what to do', async () => {
  const said = async (file: string): Promise<string> => (await run(['inspect', file], { cwd: `${SAMPLES}/workbooks` })).stderr
  expect(await said('excel-97.xls')).toMatch(/old kind \(\.xls\)\n.*save it as \.xlsx/)
  expect(await said('password.xlsx')).toMatch(/protected by a password\n.*without a password/)
})
