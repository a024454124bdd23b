import { readFileSync, writeFileSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { loadDefinitions } from '../../src/definitions/load.js'
import { csv, run, storeRows, tempFolder, write } from '../support/program.js'

const HEADER = ['Mã hồ sơ', 'Ngày tiếp nhận', 'Hình thức nộp', 'Trạng thái', 'Số hoá kết quả']
const dossier = (i: number, channel: string, status = 'Đang xử lý', flag = 'x'): string[] => [
  `000.00.53.H48-250901-${String(i).padStart(4, '0')}`,
  '01/09/2025',
  channel,
  status,
  flag,
]

describe('words that systems and portals write', () => {
  test.each([
    ['channel', 'online', ['DVC trực tuyến', 'Cổng DVCQG', 'Nộp qua mạng', 'TRUC_TUYEN', 'Qua cổng dịch vụ công quốc gia', 'VNeID']],
    ['channel', 'in_person', ['Tại bộ phận một cửa', 'Nộp trực tiếp', 'Bộ phận TN&TKQ', 'Tại Trung tâm Phục vụ hành chính công']],
    ['channel', 'postal', ['Qua bưu điện', 'BCCI', 'Qua dịch vụ BCCI', 'VNPost']],
    ['status', 'resolved', ['Đã xử lý', 'Đã giải quyết trễ hạn', 'Hoàn tất']],
    ['status', 'stopped', ['Trả lại', 'Hủy', 'Đã hủy', 'Huỷ bỏ', 'Không giải quyết']],
    ['status', 'processing', ['Chưa giải quyết', 'Chờ lãnh đạo ký', 'Đang xử lý quá hạn']],
    ['status', 'returned', ['Đã trả KQ', 'Đã trả kết quả đúng hạn']],
    ['status', 'withdrawn', ['Công dân xin rút hồ sơ', 'Đã rút']],
    ['payment', 'online', ['VNPay', 'Nền tảng thanh toán quốc gia']],
    ['payment', 'exempt', ['Không thu phí', 'Miễn phí, lệ phí']],
  ] as const)('mean what they say: %s %s', async (vocabulary, value, words) => {
    const { vocabularies } = await loadDefinitions()
    const { lookup } = await import('../../src/ingest/survey.js')
    const { fold } = await import('../../src/language/fold.js')
    const known = lookup(vocabularies[vocabulary]!)
    for (const word of words) expect(known.get(fold(word)), word).toBe(value)
  })

  test('that could mean two things are not guessed', async () => {
    const { vocabularies } = await loadDefinitions()
    const { lookup } = await import('../../src/ingest/survey.js')
    const { fold } = await import('../../src/language/fold.js')
    for (const [vocabulary, words] of [
      ['status', ['Đúng hạn', 'Trễ hạn', 'Kết thúc', 'Mới', 'Đã phê duyệt']],
      ['channel', ['Liên thông', 'Toàn trình', 'Nộp hộ']],
      ['payment', ['Đã thanh toán', 'QR']],
      ['level', ['Thành phố', '1']],
    ] as const)
      for (const word of words) expect(lookup(vocabularies[vocabulary]!).get(fold(word)), word).toBeUndefined()
  })
})

describe('words that nothing knows', () => {
  test.each(['bulk', 'careful'])(
    'refuse a file with each of them and its rows, and are drafted to be given a meaning (%s road)',
    async (road) => {
      const cwd = tempFolder()
      const rows = [
        ...Array.from({ length: 6 }, (_, i) => dossier(i, 'Kênh Xanh')),
        ...Array.from({ length: 3 }, (_, i) => dossier(10 + i, 'Nộp tại bưu cục qua Dịch vụ Bưu chính')),
        dossier(20, 'Trực tuyến', 'Tình trạng lạ'),
        dossier(21, 'Trực tuyến', 'Đang xử lý', 'Tuỳ'),
        dossier(22, '0912 345 678'),
      ]
      const file = write(cwd, 'a.csv', csv([HEADER, ...rows]))
      const how = road === 'careful' ? ['--careful'] : []
      const refused = await run(['ingest', file, ...how, '--lang', 'en'], { cwd })
      expect(refused.status).toBe(3)
      expect(refused.stderr).toContain('Hình thức nộp: not known: "Kênh Xanh" (6), "Nộp tại bưu cục qua Dịch vụ Bưu chính" (3)')
      expect(refused.stderr).toContain('--write-vocabulary')
      expect(refused.stderr).not.toContain('--max-rejects')
      expect(refused.stderr).not.toContain('0912')
      const drafted = await run(['inspect', file, '--write-vocabulary', 'draft.yaml'], { cwd })
      expect(drafted.status).toBe(0)
      const text = readFileSync(join(cwd, 'draft.yaml'), 'utf8')
      expect(text).toContain('"postal": # ? by what it says\n      - "Nộp tại bưu cục qua Dịch vụ Bưu chính" # 3')
      expect(text).toContain('"?":\n      - "Kênh Xanh" # 6')
      expect(text).not.toContain('0912')

      mkdirSync(join(cwd, 'definitions'))
      writeFileSync(join(cwd, 'definitions/columns.yaml'), text)
      const unfilled = await run(['ingest', file, '--lang', 'en'], { cwd })
      expect([unfilled.status, unfilled.stderr]).toEqual([
        3,
        expect.stringMatching(/columns\.yaml.*1 word of channel has no meaning yet: Kênh Xanh/s),
      ])

      const filled = text
        .replace('"?":\n      - "Kênh Xanh"', '"online":\n      - "Kênh Xanh"')
        .replace('"?":\n      - "Tình trạng lạ"', '"processing":\n      - "Tình trạng lạ"')
        .replace('"?":\n      - "Tuỳ"', '"false":\n      - "Tuỳ"')
      writeFileSync(join(cwd, 'definitions/columns.yaml'), filled)
      writeFileSync(file, csv([HEADER, ...rows.slice(0, -1)]))
      const loaded = await run(['ingest', file, ...how, '--format', 'json'], { cwd })
      expect(loaded.stderr).toBe('')
      expect(JSON.parse(loaded.stdout).files[0]).toMatchObject({ status: 'loaded', loaded: 11, rejected: 0 })
    },
  )
})

describe('survey answers that are none', () => {
  test('are kept apart from scores, counted, and neither rejected nor in the denominator', async () => {
    const cwd = tempFolder()
    const header = ['Mã phiếu', 'Ngày khảo sát', 'Đơn vị', '1. Tiếp cận dịch vụ', '2. Công chức']
    const rows = [
      ['P1', '02/09/2025', 'Sở Y tế', '5 - Rất hài lòng', 'Không có ý kiến'],
      ['P2', '02/09/2025', 'Sở Y tế', 'rat_hai_long', ''],
      ['P3', '02/09/2025', 'Sở Y tế', 'Không biết', 'Khác'],
      ['P4', '02/09/2025', 'Sở Y tế', 'Không hài lòng', 'Hài lòng (4)'],
    ]
    const { status, stderr } = await run(['ingest', write(cwd, 's.csv', csv([header, ...rows])), '--db', 's.duckdb'], { cwd })
    expect([status, stderr]).toEqual([0, expect.not.stringContaining('reject')])
    expect(await storeRows(join(cwd, 's.duckdb'), 'SELECT score, count(*) AS n FROM survey_answer GROUP BY 1 ORDER BY 1')).toEqual([
      { score: 2, n: 1 },
      { score: 4, n: 1 },
      { score: 5, n: 2 },
    ])
    expect(await storeRows(join(cwd, 's.duckdb'), 'SELECT no_answer, count(*) AS n FROM survey_no_answer GROUP BY 1 ORDER BY 1')).toEqual([
      { no_answer: 'empty', n: 1 },
      { no_answer: 'no_opinion', n: 1 },
      { no_answer: 'not_known', n: 1 },
      { no_answer: 'other', n: 1 },
    ])
    const report = await run(['report', '--db', 's.duckdb', '--period', '2025-09', '--metric', 'satisfaction_rate', '--format', 'json'], {
      cwd,
    })
    const { rows: figures, notes } = JSON.parse(report.stdout)
    expect(figures[0]).toMatchObject({ numerator: 3, denominator: 4 })
    expect(notes.no_answer).toBe(4)
  })
})
