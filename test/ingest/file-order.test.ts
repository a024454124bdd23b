import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

import { ingestFiles } from '../../src/ingest/ingest.js'
import { expandFiles } from '../../src/reading/files.js'
import { Store } from '../../src/store/store.js'
import { codeOf, definitions, LOAD, loadInto } from '../support/facts.js'
import { csv, tempFolder, write } from '../support/program.js'
import { workbook } from '../support/workbook.js'

const HEAD = ['Mã hồ sơ', 'Đơn vị', 'Ngày tiếp nhận', 'Ngày hẹn trả', 'Ngày có kết quả', 'Trạng thái']
const SERIALS = Array.from({ length: 20 }, (_, i) => i + 1)
/** The same dossiers in the exports of two months. */
const september = [HEAD, ...SERIALS.map((i) => [codeOf(i), 'Sở Cũ', '20/09/2025', '20/10/2025', '', 'Đang xử lý'])]
const october = [HEAD, ...SERIALS.map((i) => [codeOf(i), 'Sở Mới', '20/09/2025', '20/10/2025', '15/10/2025', 'Đã trả kết quả'])]
const forms: Record<string, (rows: string[][]) => string | Buffer> = {
  csv,
  xlsx: (rows) => workbook({ name: 'Danh sách', rows }),
  txt: (rows) => Buffer.from(`\ufeff${rows.map((cells) => cells.join('\t')).join('\r\n')}`, 'utf16le'),
}
const NEWEST = { unit_name: 'Sở Mới', status: 'returned', timeliness: 'early' }

async function loadFolder(folder: string): Promise<unknown[]> {
  const store = await Store.open(join(folder, 's.duckdb'))
  const results = await ingestFiles(store, expandFiles([join(folder, 'in')]).files, await definitions(), LOAD)
  expect(results.map(({ error }) => error)).toEqual(results.map(() => null))
  const found = await store.rows('SELECT unit_name, status, timeliness FROM dossier')
  store.close()
  return found
}

test.each(Object.keys(forms))('the exports of a folder are loaded by the days in them, whatever they are called: %s', async (form) => {
  for (const [before, after] of [
    ['thang-9', 'thang-10'],
    ['b', 'a'],
    ['a', 'b'],
  ]) {
    const folder = tempFolder()
    mkdirSync(join(folder, 'in'))
    write(folder, `in/${before}.${form}`, forms[form]!(september))
    write(folder, `in/${after}.${form}`, forms[form]!(october))
    expect(await loadFolder(folder)).toEqual(SERIALS.map(() => NEWEST))
  }
})

test('results stay when the exports of two months come in separate calls, the newer one first', async () => {
  const folder = tempFolder()
  const files = [write(folder, '10.csv', csv(october)), write(folder, '9.csv', csv(september))]
  for (const order of [files, files.toReversed()]) {
    const { dossiers } = await loadInto(join(folder, `${order === files}.duckdb`), order)
    expect(dossiers).toMatchObject(SERIALS.map(() => NEWEST))
  }
})

test('exports without days are loaded as people number them', async () => {
  const folder = tempFolder()
  mkdirSync(join(folder, 'in'))
  for (const [month, unit] of [
    [2, 'Sở Cũ'],
    [10, 'Sở Mới'],
  ])
    write(folder, `in/thang-${month}.csv`, csv([HEAD, [codeOf(1), unit as string, '', '', '', 'Đang xử lý']]))
  expect(await loadFolder(folder)).toMatchObject([{ unit_name: 'Sở Mới' }])
})

test('a file that can not be read to its end does not keep the others from being loaded', async () => {
  const folder = tempFolder()
  const bad = write(folder, 'a.csv', `${csv(september)}"000.00.01.H99-240503-0099,Sở Cũ`)
  const store = await Store.open(join(folder, 's.duckdb'))
  const results = await ingestFiles(store, [bad, write(folder, 'b.csv', csv(october))], await definitions(), LOAD)
  expect(results.map(({ status, error }) => [status, error?.code])).toEqual([
    ['refused', 'unclosed_quote'],
    ['loaded', undefined],
  ])
  store.close()
})
