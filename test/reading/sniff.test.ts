import { describe, expect, test } from 'vitest'

import { readText } from '../../src/reading/decode.js'
import { sniff } from '../../src/reading/sniff.js'
import { dossier, HEADER } from '../support/facts.js'
import { csv, tempFolder, write } from '../support/program.js'

const folder = tempFolder()
const rows = [HEADER, dossier(1), dossier(2), dossier(3, { 'Cơ quan thực hiện': 'Sở Y tế, chi cục; số 1|2' })]
let files = 0
const sniffText = (content: string | Buffer) => sniff(write(folder, `${++files}.csv`, content))

describe('the separator', () => {
  for (const [name, separator] of [
    ['a comma', ','],
    ['a semicolon', ';'],
    ['a tab', '\t'],
    ['a bar', '|'],
  ] as const) {
    test(`is recognised when it is ${name}, whatever the cells hold`, async () => {
      expect(await sniffText(csv(rows, { separator }))).toMatchObject({ delimiter: separator, encoding: 'utf-8', newline: '\n' })
    })
  }
  test('is a semicolon between decimal commas', async () => {
    expect((await sniffText('Mã hồ sơ;Lệ phí\nA1;8.000,00\nA2;1,50\n')).delimiter).toBe(';')
  })
  test('is what Excel declares in a line of its own', async () => {
    const { delimiter, head } = await sniffText(
      `sep=;\r\n${csv(
        [
          ['Mã hồ sơ', 'Trạng thái'],
          ['A,1,2', '4'],
        ],
        { separator: ';', newline: '\r\n' },
      )}`,
    )
    expect(delimiter).toBe(';')
    expect(head.at(-1)).toEqual({ line: 3, cells: ['A,1,2', '4'] })
  })
  test('does not depend on a title of many words above the header', async () => {
    expect(
      (await sniffText(`Báo cáo, tháng 5, năm 2024, tỉnh A, huyện B, xã C, thôn D, tổ E, nhà F\n${csv(rows, { separator: ';' })}`))
        .delimiter,
    ).toBe(';')
  })
})

describe('line ends', () => {
  test('are told apart, and mixed ones are left to the careful road', async () => {
    expect((await sniffText(csv(rows, { newline: '\r\n' }))).newline).toBe('\r\n')
    expect((await sniffText(`${csv(rows)}A\r\n`)).newline).toBeNull()
    expect((await sniffText(csv(rows, { newline: '\r' }))).newline).toBeNull()
  })
})

describe('the head', () => {
  test('names the line on which each record starts, past line breaks in cells and blank lines', async () => {
    for (const newline of ['\n', '\r\n']) {
      const text = ['Tiêu đề', '', `"Mã${newline}hồ sơ",Trạng thái`, '', `A1,"4${newline}${newline}"`, 'A2,4', ''].join(newline)
      const { head } = await sniffText(text)
      expect(
        head.map(({ line }) => line),
        JSON.stringify(newline),
      ).toEqual([1, 3, 6, 9])
    }
  })
  test('is read as far as it goes when a quote is never closed', async () => {
    const { head } = await sniffText('Mã hồ sơ,Trạng thái\nA1,4\n"A2,4\nA3,4\n')
    expect(head[0]).toEqual({ line: 1, cells: ['Mã hồ sơ', 'Trạng thái'] })
  })
  test('ends where the bytes of a header end, with and without a byte order mark', async () => {
    const plain = await sniffText(csv(rows))
    const marked = await sniffText(csv(rows, { bom: true }))
    const bytes = Buffer.byteLength(csv([HEADER]))
    expect(plain.endOfRecord(0)).toEqual({ offset: bytes, lines: 1 })
    expect(marked.endOfRecord(0)).toEqual({ offset: bytes + 3, lines: 1 })
  })
})

describe('encodings', () => {
  const text = csv(rows)
  const utf16be = (plain: string): Buffer => Buffer.from(plain, 'utf16le').swap16()
  for (const [name, bytes, encoding] of [
    ['UTF-8', Buffer.from(text), 'utf-8'],
    ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
    ['UTF-16 little endian', Buffer.from(`\ufeff${text}`, 'utf16le'), 'utf-16le'],
    ['UTF-16 big endian', utf16be(`\ufeff${text}`), 'utf-16be'],
    ['UTF-16 without a byte order mark', Buffer.from(text, 'utf16le'), 'utf-16le'],
  ] as const) {
    test(`${name} is recognised and read to the same text`, async () => {
      const sniffed = await sniffText(bytes)
      expect(sniffed.encoding).toBe(encoding)
      expect(sniffed.head.map(({ cells }) => cells.map((cell) => cell.replace(/^\ufeff/, '')))).toEqual(rows)
      const chunks: Buffer[] = []
      for await (const chunk of readText(sniffed, sniffed.encoding, sniffed.isPacked)) chunks.push(Buffer.from(chunk))
      expect(
        Buffer.concat(chunks)
          .toString()
          .replace(/^\ufeff/, ''),
      ).toBe(text)
    })
  }
  test('a letter cut at the end of the first megabyte spoils nothing', async () => {
    const long = `Mã hồ sơ,Cơ quan thực hiện\n${'A1,Đất Mũi Đất Mũi Đất Mũi\n'.repeat(40_000)}`
    for (const pad of ['', 'x', 'xx']) {
      const sniffed = await sniffText(`${pad}${long}`)
      expect(sniffed).toMatchObject({ encoding: 'utf-8', isWhole: false })
      expect(sniffed.head.at(-1)!.cells).toEqual(['A1', 'Đất Mũi Đất Mũi Đất Mũi'])
    }
  })
})
