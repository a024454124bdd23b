/**
 * The first 20 columns of a benchmark export as a workbook, the way Excel saves it: shared strings, dates and fees as numbers.
 * With "read", reads every row of a workbook with a reader alone, and prints how many they were.
 *
 *   node test/bench/workbook.js make FILE.csv FILE.xlsx ROWS
 *   node test/bench/workbook.js read FILE.xlsx READER.js
 */
import { createReadStream, writeFileSync } from 'node:fs'
import { Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'
import { parse } from 'csv-parse'

import { xlsxParts, zip } from '../../data-samples/lib/workbooks.js'

const COLUMNS = 20
const DAY = 86_400_000
const SERIAL_OF_1970 = 25_569

const [job, file, other, rows] = process.argv.slice(2)
if (job === 'make') await make()
else await read()

async function read() {
  const { listSheets, readSheet } = await import(other)
  const [{ name }] = await listSheets(file)
  let found = 0
  await readSheet(file, name, () => found++)
  console.log(found)
}

async function make() {
  const indexes = new Map()
  const sheet = { packed: [], declared: 0, crc: 0 }
  for await (const chunk of Readable.from(sheetXml()).pipe(createDeflateRaw())) sheet.packed.push(chunk)
  sheet.packed = Buffer.concat(sheet.packed)
  const strings = [...indexes.keys()].map((text) => `<t>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t>`)
  writeFileSync(other, zip(xlsxParts({ strings, formats: [0, 'dd/mm/yyyy hh:mm:ss'], parts: { 'xl/worksheets/sheet1.xml': sheet } })))

  async function* sheetXml() {
    const [before, after] = xlsxParts({ rows: '<row/>' })['xl/worksheets/sheet1.xml'].split('<row/>')
    let [line, text] = [0, before]
    for await (const cells of createReadStream(file).pipe(parse({ to: Number(rows) + 1 }))) {
      line++
      text += `<row r="${line}" spans="1:${COLUMNS}">${cells.slice(0, COLUMNS).map(cell).join('')}</row>`
      if (line % 1000 === 0) {
        yield counted(text)
        text = ''
      }
    }
    yield counted(text + after)

    function cell(text, column) {
      if (text === '') return ''
      const at = String.fromCharCode(65 + column) + line
      const [, day, month, year, clock] = /^(\d\d)\/(\d\d)\/(\d{4}) (\d\d:\d\d:\d\d)$/.exec(text) ?? []
      if (day) return `<c r="${at}" s="1"><v>${Date.parse(`${year}-${month}-${day}T${clock}Z`) / DAY + SERIAL_OF_1970}</v></c>`
      if (/^(0|[1-9]\d{0,2}(\.\d{3})*)$/.test(text)) return `<c r="${at}"><v>${text.replaceAll('.', '')}</v></c>`
      if (!indexes.has(text)) indexes.set(text, indexes.size)
      return `<c r="${at}" t="s"><v>${indexes.get(text)}</v></c>`
    }
  }

  function counted(text) {
    const bytes = Buffer.from(text)
    sheet.declared += bytes.length
    sheet.crc = crc32(bytes, sheet.crc)
    return bytes
  }
}
