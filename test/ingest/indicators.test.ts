import { beforeAll, describe, expect, test } from 'vitest'

import { csv, run, succeed, tempFolder, write } from '../support/program.js'
import { workbook, type Sheet } from '../support/workbook.js'

/** Form II.06a as it is printed: a title, three header rows of merged cells, the numbers of the columns, fields, the total. */
function form(unit: string, rows: (string | number)[][], span = '(Từ ngày 01/07/2025 đến ngày 30/09/2025)'): Sheet {
  return {
    name: 'II.06a',
    rows: [
      ['Biểu số II.06a/VPCP/KSTT', '', 'TÌNH HÌNH, KẾT QUẢ GIẢI QUYẾT THỦ TỤC HÀNH CHÍNH'],
      ['', '', 'Kỳ báo cáo: Quý III/Năm 2025'],
      [`Đơn vị báo cáo: ${unit}`, '', span],
      [
        'STT',
        'Lĩnh vực giải quyết',
        'Số lượng hồ sơ tiếp nhận',
        '',
        '',
        '',
        'Số lượng hồ sơ đã giải quyết',
        '',
        '',
        '',
        'Số lượng hồ sơ đang giải quyết',
        '',
        '',
      ],
      ['', '', 'Tổng số', 'Trong kỳ', '', 'Từ kỳ trước', 'Tổng số', 'Trước hạn', 'Đúng hạn', 'Quá hạn', 'Tổng số', 'Trong hạn', 'Quá hạn'],
      ['', '', '', 'Trực tuyến', 'Trực tiếp, dịch vụ bưu chính', '', '', '', '', '', '', '', ''],
      ['(1)', '(2)', '(3)=(4)+(5)+(6)', '(4)', '(5)', '(6)', '(7)=(8)+(9)+(10)', '(8)', '(9)', '(10)', '(11)=(12)+(13)', '(12)', '(13)'],
      ...rows,
    ],
    merges: [
      'A4:A6',
      'B4:B6',
      'C4:F4',
      'G4:J4',
      'K4:M4',
      'C5:C6',
      'D5:E5',
      ...'FGHIJKLM'.split('').map((column) => `${column}5:${column}6`),
    ],
  }
}

const DOSSIERS = [
  [
    'Mã hồ sơ',
    'Cơ quan thực hiện',
    'Lĩnh vực',
    'Hình thức nộp',
    'Ngày tiếp nhận',
    'Ngày hẹn trả',
    'Ngày có kết quả',
    'Lệ phí',
    'Hình thức thanh toán',
  ],
  ['D1', 'Sở Tư pháp', 'Hộ tịch', 'Trực tuyến', '01/07/2025', '10/07/2025', '09/07/2025', '1000', 'Trực tuyến'],
  ['D2', 'Sở Tư pháp', 'Hộ tịch', 'Trực tiếp', '01/07/2025', '10/07/2025', '10/07/2025', '1000', 'Tiền mặt'],
  ['D3', 'Sở Tư pháp', 'Hộ tịch', 'Bưu chính', '01/06/2025', '10/07/2025', '11/07/2025', '0', ''],
  ['D4', 'Sở Tư pháp', 'Hộ tịch', 'Trực tuyến', '20/09/2025', '10/10/2025', '', '1000', 'Trực tuyến'],
  ['D5', 'Sở Tư pháp', 'Công chứng', 'Trực tuyến', '20/09/2025', '25/09/2025', '', '', ''],
  ['D6', 'Sở Y tế', 'Khám bệnh', 'Trực tuyến', '20/08/2025', '25/08/2025', '24/08/2025', '1000', 'Tiền mặt'],
]

interface Compared {
  indicator: string
  unit: string | null
  field: string | null
  period: string
  numerator: number | null
  computed: { numerator: number; denominator: number | null; value: number | null } | null
  difference: number | null
}

const cwd = tempFolder()
async function compared(folder = cwd, ...args: string[]): Promise<Compared[]> {
  return (JSON.parse(await succeed(['indicators', '--format', 'json', ...args], { cwd: folder })) as { indicators: Compared[] }).indicators
}

beforeAll(async () => {
  write(cwd, 'dossiers.csv', csv(DOSSIERS))
  write(
    cwd,
    'ii06a.xlsx',
    workbook(
      form('Sở Tư pháp', [
        [1, 'Hộ tịch', 4, 2, 1, 1, 3, 1, 1, 1, 1, 1, 0],
        [2, 'Công chứng', 3, 2, 1, 0, 2, 2, 0, 0, 1, 0, 1],
        ['', 'Tổng cộng', 7, 4, 2, 1, 5, 3, 1, 1, 2, 1, 1],
      ]),
    ),
  )
  write(
    cwd,
    'thanh-toan.csv',
    csv([
      ['TỔNG HỢP THANH TOÁN TRỰC TUYẾN QUÝ III NĂM 2025'],
      ['STT', 'Đơn vị', 'Số hồ sơ phải nộp phí', 'Số hồ sơ thanh toán trực tuyến'],
      ['1', 'Sở Tư pháp', '3', '2'],
      ['2', 'Sở Y tế', '1', '1'],
      ['', 'Tổng cộng', '4', '3'],
    ]),
  )
  write(
    cwd,
    'ket-qua.csv',
    csv([
      ['Chỉ tiêu', 'Kỳ', 'Đơn vị', 'Tử số', 'Mẫu số', 'Kết quả'],
      ['Tỷ lệ hồ sơ nộp trực tuyến', 'Quý III/2025', '', '', '', '90 %'],
      ['on_time_rate', 'Quý III/2025', 'Sở Tư pháp', '2', '3', ''],
      ['Số TTHC rút ngắn thời gian', 'năm 2025', '', '', '', '1.375'],
    ]),
  )
  await succeed(['ingest', 'dossiers.csv', 'ii06a.xlsx', 'thanh-toan.csv', 'ket-qua.csv'], { cwd })
})

describe('form II.06a as a workbook', () => {
  test('is recognised, with its period and unit from the title, every row loaded or skipped with its reason', async () => {
    const { loads } = JSON.parse(await succeed(['loads', '--format', 'json'], { cwd })) as { loads: Record<string, unknown>[] }
    expect(loads.find(({ file }) => String(file).includes('ii06a'))).toMatchObject({
      kind: 'indicators',
      read: 4,
      loaded: 3,
      skipped: 1,
      rejected: 0,
    })
  })

  test('agrees with what the dossiers of the unit and field say, column by column', async () => {
    const civil = (await compared()).filter(({ field }) => field === 'Hộ tịch')
    expect(civil.map(({ indicator, numerator, computed }) => [indicator, numerator, computed!.numerator])).toEqual([
      ['received_total', 4, 4],
      ['received_online', 2, 2],
      ['received_offline', 1, 1],
      ['carried_over', 1, 1],
      ['resolved_total', 3, 3],
      ['resolved_early', 1, 1],
      ['resolved_on_time', 1, 1],
      ['resolved_late', 1, 1],
      ['pending_total', 1, 1],
      ['pending_within_due', 1, 1],
      ['pending_overdue', 0, 0],
    ])
    expect(new Set(civil.map(({ period, unit }) => `${period} ${unit}`))).toEqual(new Set(['2025-Q3 Sở Tư pháp']))
  })

  test('shows where it differs, and by how much', async () => {
    const differing = (await compared(cwd, '--different')).filter(({ field, unit }) => field === 'Công chứng' && unit === 'Sở Tư pháp')
    expect(differing.map(({ indicator, difference }) => [indicator, difference])).toEqual([
      ['received_total', 2],
      ['received_online', 1],
      ['received_offline', 1],
      ['resolved_total', 2],
      ['resolved_early', 2],
    ])
    const text = await succeed(['indicators', '--period', '2025-Q3', '--lang', 'vi'], { cwd })
    expect(text).toContain('quý III/2025 · Sở Tư pháp · Công chứng')
    expect(text).toMatch(/Giải quyết trước hạn +2 +0 +\+2/)
  })

  test('is rejected, row by row, where the sums of the form do not hold', async () => {
    const folder = tempFolder()
    const rows = [
      [1, 'A', 5, 2, 1, 1, 3, 1, 1, 1, 2, 1, 1],
      [2, 'B', 4, 2, 1, 1, 3, 1, 1, 1, 2, 1, 1],
      [3, 'C', 4, 2, 1, 1, 3, 1, 1, 2, 1, 1, 0],
      [4, 'D', 4, 2, 1, 1, 3, 1, 1, 1, 1, '1,5', 0],
      [5, 'E', 4, 2, 1, 1, 3, 1, 1, 1, 1, 1, 0],
    ]
    write(folder, 'f.xlsx', workbook(form('Sở Tư pháp', rows)))
    await succeed(['ingest', 'f.xlsx', '--max-rejects', '100%'], { cwd: folder })
    const { rejected } = JSON.parse(await succeed(['loads', '--rejected', '--format', 'json'], { cwd: folder })) as {
      rejected: Record<string, unknown>[]
    }
    expect(rejected.map(({ line, column, reason }) => [line, column, reason])).toEqual([
      [8, 'received_total', 'sum_differs'],
      [9, 'received_total', 'sum_differs'],
      [10, 'resolved_total', 'sum_differs'],
      [11, 'pending_within_due', 'invalid_number'],
    ])
  })

  test('keeps the days of the reporting calendar', async () => {
    const folder = tempFolder()
    write(
      folder,
      'f.xlsx',
      workbook(form('Sở Tư pháp', [[1, 'Hộ tịch', 4, 2, 1, 1, 3, 1, 1, 1, 1, 1, 0]], '(Từ ngày 15/6/2025 đến hết ngày 14/9/2025)')),
    )
    await succeed(['ingest', 'f.xlsx'], { cwd: folder })
    expect((await compared(folder))[0]).toMatchObject({ period: '2025-06-15..2025-09-14', computed: null })
  })
})

describe('other summaries', () => {
  test('of payments compare by unit and in total', async () => {
    const payments = (await compared()).filter(({ indicator }) => indicator.startsWith('fee_'))
    expect(payments.map(({ indicator, unit, numerator, computed }) => [indicator, unit, numerator, computed!.numerator])).toEqual([
      ['fee_due', 'Sở Tư pháp', 3, 3],
      ['fee_paid_online', 'Sở Tư pháp', 2, 2],
      ['fee_due', 'Sở Y tế', 1, 1],
      ['fee_paid_online', 'Sở Y tế', 1, 0],
      ['fee_due', null, 4, 4],
      ['fee_paid_online', null, 3, 2],
    ])
  })

  test("of rates compare in points, and an office's own figure is kept as it is", async () => {
    const rates = (await compared()).filter(({ indicator }) => !/^(fee|received|resolved|pending|carried)_/.test(indicator))
    expect(rates).toEqual([
      expect.objectContaining({ indicator: 'Số TTHC rút ngắn thời gian', period: '2025', value: 1375, computed: null, difference: null }),
      expect.objectContaining({ indicator: 'on_time_rate', numerator: 2, denominator: 3, difference: 0 }),
      expect.objectContaining({
        indicator: 'online_submission_rate',
        value: 0.9,
        computed: { numerator: 4, denominator: 5, value: 0.8 },
        difference: 0.1,
      }),
    ])
  })

  test('that name no period wait for --period, and are another load for another one', async () => {
    const folder = tempFolder()
    write(
      folder,
      's.csv',
      csv([
        ['Đơn vị', 'Số hồ sơ có phí', 'Đã thanh toán trực tuyến'],
        ['Sở Y tế', '5', '4'],
      ]),
    )
    const refused = await run(['ingest', 's.csv'], { cwd: folder })
    expect([refused.status, refused.stderr]).toEqual([3, expect.stringContaining('--period')])
    for (const period of ['2025-08', '2025-09']) await succeed(['ingest', 's.csv', '--period', period], { cwd: folder })
    expect((await compared(folder)).map(({ period, indicator }) => `${period} ${indicator}`)).toEqual([
      '2025-08 fee_due',
      '2025-08 fee_paid_online',
      '2025-09 fee_due',
      '2025-09 fee_paid_online',
    ])
  })
})
