import { expect, test } from 'vitest'

import { run, tempFolder } from '../support/program.js'

const cwd = tempFolder()

test.each([
  [['report', '--period', '2025-09', '--period', '2025-10'], '--period is given twice: 2025-09, then 2025-10'],
  [['form', 'ii06', '--by=unit', '--by=field'], '--by is given twice: unit, then field'],
  [['--as-of', '2025-01-01', 'report', '--as-of', '2025-02-01'], '--as-of is given twice: 2025-01-01, then 2025-02-01'],
  [['ingest', 'a.xlsx', '--sheet', 'A', '--sheet', 'B'], '--sheet is given twice: A, then B'],
  [['report', '--format', 'json', '--format', 'csv'], '--format is given twice: json, then csv'],
  [['report', '--level', 'xã', '--level', 'làng'], '--level làng: no such level'],
])('no option is dropped in silence: %j', async (args, problem) => {
  const { status, stderr } = await run([...args, '--lang', 'en'], { cwd })
  expect(status).toBe(2)
  expect(stderr).toContain(problem)
})
