import iconv from 'iconv-lite'
import { describe, expect, test } from 'vitest'

import { detectEncoding, isUtf8, readText } from '../../src/reading/decode.js'
import { fileAt, tempFolder, write } from '../support/program.js'

const TEXT = 'Mã hồ sơ,Cơ quan thực hiện\nA1,Ủy ban nhân dân xã Đất Mũi\nA2,Sở Kế hoạch và Đầu tư\n'.repeat(3000)

/** What Windows programs write: the vowel, then its tone as a byte of its own. */
function windows1258(text: string): Buffer {
  const parted = text
    .normalize('NFD')
    .replace(/([aAeEoOuU])(\u0323?)([\u0302\u0306\u031b])/g, (_, vowel: string, dot: string, mark: string) => {
      return (vowel + mark).normalize('NFC') + dot
    })
  return iconv.encode(parted, 'windows-1258')
}

async function read(bytes: Buffer): Promise<string> {
  const { encoding } = await detectEncoding(bytes.subarray(0, 1 << 20), 'file.csv')
  const chunks: Buffer[] = []
  for await (const chunk of readText(fileAt(write(tempFolder(), 'file.csv', bytes)), encoding, false)) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}

describe('decoding', () => {
  test('windows-1258 gives composed letters, also where a chunk ends between a vowel and its tone', async () => {
    const bytes = windows1258(TEXT)
    expect(bytes.includes('?')).toBe(false)
    expect(await detectEncoding(bytes, 'file.csv')).toMatchObject({ encoding: 'windows-1258', bom: 0 })
    for (const pad of ['', 'x', 'xx', 'xxx']) expect(await read(windows1258(pad + TEXT))).toBe(pad + TEXT)
  })

  test('UTF-8 and UTF-16 give their text, also where a chunk ends inside a letter', async () => {
    const long = TEXT.repeat(8)
    for (const pad of ['', 'x', 'xx']) {
      expect(await read(Buffer.from(pad + long))).toBe(pad + long)
      expect(await read(Buffer.from(`\ufeff${pad}${long}`, 'utf16le'))).toBe(pad + long)
    }
  })

  test('a file with one letter that is not UTF-8 is not taken for another encoding, but asked about', async () => {
    const bytes = Buffer.concat([Buffer.from(TEXT), Buffer.from([0xff]), Buffer.from(TEXT)])
    expect(isUtf8(bytes)).toBe(false)
    await expect(detectEncoding(bytes, 'file.csv')).rejects.toThrow(/not UTF-8/)
    expect(await detectEncoding(bytes, 'file.csv', 'utf-8')).toEqual({ encoding: 'utf-8', bom: 0, confidence: 1 })
  })

  test('a UTF-8 file cut in the middle of a letter is still UTF-8', () => {
    const bytes = Buffer.from('xã Đất Mũi ố')
    expect(isUtf8(bytes.subarray(0, -1))).toBe(true)
    expect(isUtf8(bytes.subarray(0, -2))).toBe(true)
    expect(isUtf8(Buffer.from([0x61, 0xe1, 0x62]))).toBe(false)
  })

  test('what is no text is named for what it is', async () => {
    const refused = async (bytes: number[] | string): Promise<string> => {
      try {
        await detectEncoding(Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes as string, 'latin1'), 'file.csv')
        return 'accepted'
      } catch (error) {
        return `${(error as { code: string }).code}: ${(error as Error).message}`
      }
    }
    expect(await refused('PK\u0003\u0004xxxxxxxxxxxxxxxxxxxxxxxx')).toMatch(/^binary_file: .*ZIP archive/)
    expect(await refused('%PDF-1.7 xxxxxxxxxxxx')).toMatch(/^binary_file: .*PDF/)
  })
})
