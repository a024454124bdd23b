import { writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

// @ts-expect-error plain JavaScript without types
import * as samples from '../../data-samples/lib/workbooks.js'
import { ingestFiles } from '../../src/ingest/ingest.js'
import { Store } from '../../src/store/store.js'
import { definitions, LOAD } from '../support/facts.js'
import { tempFolder, write } from '../support/program.js'
import { reportOf, rowOf } from '../measure/support.js'

const HEADER = ['Mã hồ sơ', 'Ngày tiếp nhận', 'Ngày hẹn trả', 'Ngày có kết quả']
const folder = tempFolder()
/** Received, due, resolved: late by three tenths of a second, early by as much, and at the same instant. */
const SECONDS: [received: string, due: string, resolved: string][] = [
  ['00.000', '00.200', '00.500'],
  ['00.000', '00.500', '00.200'],
  ['00.000', '00.250', '00.250'],
]

function csv(form: (second: string) => string): string {
  const rows = SECONDS.map((times, i) => [`240903-100${i}`, ...times.map((second) => `"${form(second)}"`)].join(','))
  return write(folder, `${Math.random()}.csv`, [HEADER.join(','), ...rows].join('\n'))
}

function xlsx(): string {
  const serial = (second: string): number => 45_538.5 + Number(second) / 86_400
  const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`
  const rows = [
    HEADER.map(cell).join(''),
    ...SECONDS.map((times, i) => cell(`240903-100${i}`) + times.map((second) => `<c s="1"><v>${serial(second)}</v></c>`).join('')),
  ]
  const file = join(folder, 'seconds.xlsx')
  const parts = { rows: rows.map((row) => `<row>${row}</row>`).join(''), formats: [0, 'dd/mm/yyyy hh:mm:ss.000'] }
  writeFileSync(file, samples.zip(samples.xlsxParts(parts)) as Buffer)
  return file
}

const FILES = {
  'ISO with T': () => csv((second) => `2024-09-03T12:00:${second}`),
  'ISO with an offset': () => csv((second) => `2024-09-03T05:00:${second}Z`),
  'a decimal comma': () => csv((second) => `2024-09-03 12:00:${second.replace('.', ',')}`),
  'day first': () => csv((second) => `03/09/2024 12:00:${second}`),
  'digits alone': () => csv((second) => `202409031200${second.replace('.', '')}`),
  'digits with a point': () => csv((second) => `202409031200${second}`),
  'a workbook': xlsx,
}

it.each(Object.keys(FILES) as (keyof typeof FILES)[])('fractions of a second decide what is late by the time, in %s', async (form) => {
  const file = FILES[form]()
  for (const careful of [false, true]) {
    const store = await Store.inMemory()
    const [loaded] = await ingestFiles(store, [file], await definitions(), { ...LOAD, careful })
    expect(loaded!.counts.loaded).toBe(3)
    const late = async (compare: 'time' | 'day') =>
      rowOf(await reportOf(store, { period: '2024-09', metrics: ['late_rate'], policy: { compare } }), 'late_rate').numerator
    expect([await late('time'), await late('day')]).toEqual([1, 0])
    store.close()
  }
})
