import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

// @ts-expect-error plain JavaScript without types
import * as samples from '../../data-samples/lib/workbooks.js'
import { ingestFiles } from '../../src/ingest/ingest.js'
import { loadTargets } from '../../src/measure/target.js'
import { Store } from '../../src/store/store.js'
import { definitions, LOAD } from '../support/facts.js'
import { csv, tempFolder, write } from '../support/program.js'

const folder = tempFolder()

async function sharesOf(file: string): Promise<{ shares: (number | null)[]; rejected: string[] }> {
  const store = await Store.inMemory()
  const [result] = await ingestFiles(store, [file], await definitions(), { ...LOAD, maxRejects: 1 })
  if (result!.error) throw result!.error
  const shares = (await loadTargets(store)).map(({ share }) => share)
  const rejected = await store.rows<{ reason: string }>(`SELECT reason FROM rejected_row ORDER BY line`)
  store.close()
  return { shares, rejected: rejected.map(({ reason }) => reason) }
}

const METRICS = ['late_rate', 'on_time_rate']

it.each([
  ['Chỉ tiêu', 'Kế hoạch (%)'],
  ['Tên chỉ tiêu', 'Chỉ tiêu kế hoạch (%)'],
  ['Tên chỉ tiêu', 'Chỉ tiêu (%)'],
  ['Chỉ tiêu', 'Mục tiêu %'],
])('numbers under "%s" and "%s" are per cent as they stand', async (name, heading) => {
  const file = write(
    folder,
    'plan.csv',
    csv([
      [name, heading],
      [METRICS[0]!, '0,5'],
      [METRICS[1]!, '1'],
    ]),
  )
  expect(await sharesOf(file)).toEqual({ shares: [0.005, 0.01], rejected: [] })
})

it('numbers are per cent where a line above or a column of units of measurement says so, and else bare ones are fractions or refused', async () => {
  const above = write(
    folder,
    'above.csv',
    csv([
      ['ĐVT: %', ''],
      ['Chỉ tiêu', 'Kế hoạch'],
      [METRICS[0]!, '0,5'],
      [METRICS[1]!, '1'],
    ]),
  )
  expect(await sharesOf(above)).toEqual({ shares: [0.005, 0.01], rejected: [] })
  const beside = write(
    folder,
    'beside.csv',
    csv([
      ['Chỉ tiêu', 'ĐVT', 'Kế hoạch'],
      [METRICS[0]!, '%', '0,5'],
      [METRICS[1]!, '%', '1'],
    ]),
  )
  expect(await sharesOf(beside)).toEqual({ shares: [0.005, 0.01], rejected: [] })
  const bare = write(
    folder,
    'bare.csv',
    csv([
      ['Chỉ tiêu', 'Kế hoạch'],
      [METRICS[0]!, '0,5'],
      [METRICS[1]!, '1'],
    ]),
  )
  expect(await sharesOf(bare)).toEqual({ shares: [0.5], rejected: ['ambiguous_target'] })
})

it.each(['0%', '0.00%', '0.0 %', 10, 9])('a cell of a workbook that is formatted as per cent says so itself: %s', async (format) => {
  const text = (said: string): string => `<c t="inlineStr"><is><t>${said}</t></is></c>`
  const rows = [
    ['Chỉ tiêu', 'Kế hoạch'].map(text).join(''),
    `${text(METRICS[0]!)}<c s="1"><v>5.0000000000000001E-3</v></c>`,
    `${text(METRICS[1]!)}<c s="1"><v>1</v></c>`,
    `${text('digitisation_rate')}<c s="1"><v>0.57</v></c>`,
  ]
  const parts = { rows: rows.map((row) => `<row>${row}</row>`).join(''), formats: [0, format] }
  const file = join(folder, 'plan.xlsx')
  writeFileSync(file, samples.zip(samples.xlsxParts(parts)) as Buffer)
  expect(await sharesOf(file)).toEqual({ shares: [0.57, 0.005, 1], rejected: [] })
})
