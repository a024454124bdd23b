import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'

import { tcvn3, vni, windows1258 } from '../../data-samples/lib/encodings.js'
import { codeOf, dossier, HEADER, loadInto } from '../support/facts.js'
import { csv, run, succeed, tempFolder, write } from '../support/program.js'

const ROWS = [
  dossier(1, { 'Cơ quan thực hiện': 'Ủy ban nhân dân xã Đất Mũi' }),
  dossier(2, { 'Cơ quan thực hiện': 'Sở Nông nghiệp và Môi trường', 'Hình thức nộp': 'Trực tiếp' }),
  dossier(3, { 'Cơ quan thực hiện': 'xã Nguyễn Phích', 'Trạng thái': 'Đang xử lý', 'Ngày có kết quả': '' }),
]

const ENCODINGS: Record<string, (text: string) => Buffer> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with a mark': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-8 of parted letters': (text) => Buffer.from(text.normalize('NFD')),
  'UTF-16LE with a mark': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16LE without': (text) => Buffer.from(text, 'utf16le'),
  'UTF-16BE with a mark': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
  'UTF-16BE without': (text) => Buffer.from(text, 'utf16le').swap16(),
  'windows-1258': windows1258,
  TCVN3: tcvn3,
  VNI: vni,
  'gzip of UTF-8': (text) => gzipSync(text),
  'gzip of UTF-16LE': (text) => gzipSync(Buffer.from(`\ufeff${text}`, 'utf16le')),
  'gzip of VNI': (text) => gzipSync(vni(text)),
}
const SEPARATORS = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' }

const KNOWN = { unit_code: null, received_at: '2024-05-03 08:00:00', due_at: '2024-05-10 17:00:00', updated_at: '2024-05-09 16:00:00' }
const RESOLVED = { ...KNOWN, status: 'returned', resolved_at: '2024-05-09 15:30:00', timeliness: 'early' }
const FACTS = [
  { ...RESOLVED, code: codeOf(1), unit_name: 'ủy ban nhân dân xã đất mũi', channel: 'online' },
  { ...RESOLVED, code: codeOf(2), unit_name: 'sở nông nghiệp và môi trường', channel: 'in_person' },
  { ...KNOWN, code: codeOf(3), unit_name: 'xã nguyễn phích', channel: 'online', status: 'processing', resolved_at: null },
]

describe.concurrent('the same rows are the same facts', () => {
  for (const [at, [encoding, encode]] of Object.entries(ENCODINGS).entries()) {
    test(`in ${encoding}, whatever stands between the cells, and said in a first line or not`, async () => {
      for (const [turn, [name, separator]] of Object.entries(SEPARATORS).entries()) {
        const said = turn === at % 4 ? `sep=${separator}\n` : ''
        const text = said + csv([HEADER, ...ROWS]).replaceAll(',', separator)
        const folder = tempFolder()
        const { results, dossiers } = await loadInto(join(folder, 'a.duckdb'), [write(folder, 'a.csv', encode(text))])
        expect([name, results[0]!.error, results[0]!.counts.loaded, results[0]!.delimiter]).toEqual([name, null, 3, separator])
        const small = dossiers.map((row) => ({ ...row, unit_name: String(row.unit_name).normalize('NFC').toLowerCase() }))
        expect(small).toMatchObject(FACTS)
      }
    })
  }
})

describe.concurrent('an encoding that is not sure', () => {
  const western = Buffer.from('Mã hồ sơ;Café naïf São Paulo\n'.repeat(20), 'latin1')

  test('stops the file and asks, with what each would make of it', async () => {
    const cwd = tempFolder()
    write(cwd, 'a.csv', western)
    const { status, stderr } = await run(['ingest', 'a.csv'], { cwd })
    expect([status, stderr]).toEqual([3, expect.stringMatching(/no other encoding is sure.*windows-1258 \d+ %[\s\S]*--encoding/)])
  })

  test('is taken as the user says, and the rows that contradict it are rejected', async () => {
    const cwd = tempFolder()
    const bad = csv([HEADER, ...Array.from({ length: 40 }, (_, i) => dossier(i + 1))]).replace('Sở Tư pháp', 'Sở T\u0000 pháp')
    write(cwd, 'a.csv', Buffer.from(Buffer.from(bad).map((byte) => (byte === 0 ? 0xff : byte))))
    expect((await run(['ingest', 'a.csv'], { cwd })).status).toBe(3)
    expect(await succeed(['ingest', '--encoding', 'utf8', 'a.csv'], { cwd })).toMatch(/40 read {2}39 loaded {2}1 rejected/)
    expect(await succeed(['loads', '--rejected', '--format', 'csv'], { cwd })).toMatch(/,2,unit_name,Cơ quan thực hiện,.*,invalid_utf8/)
  })

  test('that starts far down the file rejects its rows, and loads none of them damaged', async () => {
    const folder = tempFolder()
    const ascii = Array.from({ length: 20_000 }, (_, i) => [`240503-${i}`, '03/05/2024'].join(',')).join('\n')
    const late = Buffer.concat([Buffer.from(`Mã hồ sơ,Ngày tiếp nhận\n${ascii}\n`), tcvn3('thủ-1,03/05/2024\n')])
    const { results, rejected } = await loadInto(join(folder, 'a.duckdb'), [write(folder, 'a.csv', late)])
    expect(results[0]!.counts).toMatchObject({ read: 20_001, loaded: 20_000, rejected: 1 })
    expect(rejected).toMatchObject([{ line: 20_002, reason: 'invalid_utf8' }])
  })

  test('that nobody knows is a usage error with the names there are', async () => {
    expect(await run(['ingest', '--encoding', 'tcvn', 'a.csv'])).toMatchObject({ status: 2, stderr: expect.stringMatching(/tcvn3/) })
  })
})

describe.concurrent('a gzip', () => {
  const export_ = csv([HEADER, ...ROWS])

  test('that is cut off or damaged is refused, and nothing of it is loaded', async () => {
    const folder = tempFolder()
    const packed = gzipSync(export_)
    const cut = write(folder, 'cut.csv.gz', packed.subarray(0, packed.length - 12))
    const { results, dossiers } = await loadInto(join(folder, 'a.duckdb'), [cut])
    expect([results[0]!.error?.code, dossiers]).toEqual(['malformed_gzip', []])
  })

  test('of next to nothing that unpacks without end is refused', async () => {
    const folder = tempFolder()
    const row = `${dossier(1).join(',')}\n`
    const bomb = gzipSync(Buffer.concat([Buffer.from(`${HEADER.join(',')}\n`), Buffer.alloc(160e6, row)]))
    const { results, dossiers } = await loadInto(join(folder, 'a.duckdb'), [write(folder, 'bomb.csv.gz', bomb)])
    expect([results[0]!.error?.code, dossiers]).toEqual(['too_large_inside', []])
  })
})
