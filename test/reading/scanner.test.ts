import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { RecordScanner, type ScanCounts } from '../../src/reading/scanner.js'
import { property } from '../support/property.js'

function scan(
  bytes: Buffer,
  cuts: readonly number[] = [],
  wanted: readonly number[] = [],
  firstLine = 1,
): ScanCounts & { lines: number[] } {
  const scanner = new RecordScanner(firstLine, wanted)
  const at = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b)
  ;[0, ...at].forEach((from, i) => scanner.push(bytes.subarray(from, at[i] ?? bytes.length)))
  return { ...scanner.end(), lines: scanner.lines }
}

const cell = fc.oneof(
  fc.constantFrom('', 'a', 'Đất Mũi', '"x"', '"a, b"', '"dòng một\ndòng hai"', '"nói ""vâng"""', '"\n\n"', '"""\n"""', '"\r\n"'),
  fc.string({ maxLength: 5 }).map((text) => `"${text.replaceAll('"', '""')}"`),
)
const text = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 5, arbitrary: fc.array(cell, { minLength: 2, maxLength: 3 }).map((cells) => cells.join(',')) },
        { weight: 1, arbitrary: fc.constant('') },
      ),
      { maxLength: 12 },
    ),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
  )
  .map(([rows, newline, isEnded]) => rows.join(newline) + (isEnded && rows.length > 0 ? newline : ''))

describe('the record scanner', () => {
  test('counts the records that a CSV parser finds, wherever the bytes are cut into chunks', () => {
    fc.assert(
      fc.property(text, fc.array(fc.nat(), { maxLength: 8 }), (csv, cuts) => {
        const found = scan(Buffer.from(csv), cuts)
        const records = parse(csv, { relax_column_count: true, skip_empty_lines: true, record_delimiter: ['\n', '\r\n'] })
        expect(found.records).toBe(records.length)
        expect(found).toEqual(scan(Buffer.from(csv)))
      }),
      property(400),
    )
  })

  test('tells apart records, blank lines and line breaks inside quotes', () => {
    expect(scan(Buffer.from('a,b\r\n\r\n"c\nd",e\r\n\r\n\r\nf,g'))).toMatchObject({
      records: 3,
      blankLines: 3,
      embeddedNewlines: 1,
      endsInsideQuote: false,
    })
    expect(scan(Buffer.from(''))).toMatchObject({ records: 0, blankLines: 0 })
    expect(scan(Buffer.from('\n\n'))).toMatchObject({ records: 0, blankLines: 2 })
    expect(scan(Buffer.from('""\n'))).toMatchObject({ records: 1, blankLines: 0 })
  })

  test('finds the line on which a record starts', () => {
    const csv = Buffer.from('a\n\n"b\nb\nb"\nc\r\n"d\r\nd"\n\ne')
    for (const cuts of [[], [1, 2, 3, 5, 8, 13, 15, 17, 18, 19, 20], Array.from({ length: csv.length }, (_, i) => i)]) {
      expect(scan(csv, cuts, [1, 2, 3, 4, 5]).lines).toEqual([1, 3, 6, 7, 10])
      expect(scan(csv, cuts, [2, 5], 101).lines).toEqual([103, 110])
    }
  })

  test('sees an unclosed quote and a NUL', () => {
    expect(scan(Buffer.from('a,"b\nc,d\n'))).toMatchObject({ records: 1, endsInsideQuote: true, hasNul: false })
    expect(scan(Buffer.from('a,b\0\nc,d\n'), [4])).toMatchObject({ records: 2, endsInsideQuote: false, hasNul: true })
  })

  test('counts the separators inside a quoted text that has line breaks', () => {
    const most = (csv: string, cuts: number[] = []): number => scan(Buffer.from(csv), cuts).separatorsAcrossLines
    expect(most('a,"b,c",d\n')).toBe(0)
    expect(most('a,"b\nc",d\n"x,y\nz,z",e\n')).toBe(2)
    expect(most('a,"b,""b"",b\nc,",d\n')).toBe(3)
    for (let cut = 0; cut < 18; cut++) expect(most('a,"b,""b"",b\nc,",d\n', [cut])).toBe(3)
  })
})
