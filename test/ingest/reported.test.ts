import { describe, expect, it } from 'vitest'

import { ingestFiles } from '../../src/ingest/ingest.js'
import { compareReported, type ReportedComparison } from '../../src/measure/reported.js'
import { reportedTexts } from '../../src/report/reported.js'
import { Store } from '../../src/store/store.js'
import { definitions, LOAD } from '../support/facts.js'
import { csv, run, tempFolder, write } from '../support/program.js'
import { DEFAULT_POLICY } from '../measure/support.js'

const defined = await definitions()
const HEADER = ['Chỉ tiêu', 'Kỳ', 'Tử số', 'Mẫu số', 'Kết quả']

interface Loaded {
  rows: ReportedComparison[]
  rejected: { line: number; reason: string }[]
  told: unknown
  error: string | null
  texts: string[]
}

async function load(table: string[][], more: { name: string; content: string }[] = []): Promise<Loaded> {
  const folder = tempFolder()
  const files = [write(folder, 's.csv', csv(table)), ...more.map(({ name, content }) => write(folder, name, content))]
  const store = await Store.inMemory()
  const [result] = await ingestFiles(store, files, defined, { ...LOAD, maxRejects: 1 })
  const rows = await compareReported(store, defined, { policy: DEFAULT_POLICY, province: null, asOf: '2025-12-31' })
  const rejected = await store.rows<{ line: number; reason: string }>(`SELECT line, reason FROM rejected_row ORDER BY line`)
  store.close()
  const texts = rows.map((one) => reportedTexts(one, defined, 'vi').reported)
  return { rows, rejected, told: result!.told, error: result!.error?.message ?? null, texts }
}

const YEAR = 'năm 2024'
const shownOf = async (...rows: string[][]): Promise<string[]> =>
  (await load([HEADER, ...rows.map(([name, ...rest]) => [name!, YEAR, ...rest])])).texts

describe('reported figures', () => {
  it('show as every figure does: never all where some are missing, never none where there are some', async () => {
    const { texts, rejected, told } = await load([
      HEADER,
      ['on_time_rate', YEAR, '205.773', '205.775', '99,99'],
      ['late_rate', YEAR, '2', '205.775', '0,01'],
    ])
    expect([texts, rejected, told]).toEqual([['99,99 %', '0,01 %'], [], {}])
  })

  it('are decided by their counts where their value disagrees, both shown, and told at loading', async () => {
    const { texts, told, rows } = await load([
      HEADER,
      ['online_payment_rate', YEAR, '2591', '47566', '52'],
      ['on_time_rate', YEAR, '70515', '70516', '99,99'],
      ['late_rate', YEAR, '1', '70516', '0,01'],
      ['digitisation_rate', YEAR, '1', '3', '0,3333'],
    ])
    expect(told).toEqual({ contradiction: 1 })
    expect(texts).toEqual(expect.arrayContaining(['2.591/47.566 (5,45 %) ≠ 52,00 %', '99,99 %', '0,01 %', '33,33 %']))
    expect(rows.filter(({ isContradiction }) => isContradiction).map(({ indicator }) => indicator)).toEqual(['online_payment_rate'])
  })

  it('are refused where a bare value of at most 1 has no counts, unless something says per cent', async () => {
    const bare = [
      HEADER,
      ['late_rate', YEAR, '', '', '0,01'],
      ['on_time_rate', YEAR, '', '', '1'],
      ['digitisation_rate', YEAR, '', '', '0,5 %'],
    ]
    expect((await load(bare)).rejected).toEqual([
      { line: 2, reason: 'ambiguous_value' },
      { line: 3, reason: 'ambiguous_value' },
    ])
    for (const headed of [
      [
        [...HEADER.slice(0, 4), 'Kết quả (%)'],
        ['late_rate', YEAR, '', '', '0,01'],
        ['on_time_rate', YEAR, '', '', '1'],
      ],
      [['ĐVT: %', '', '', '', ''], HEADER, ['late_rate', YEAR, '', '', '0,01'], ['on_time_rate', YEAR, '', '', '1']],
      [
        [...HEADER, 'Đơn vị tính'],
        ['late_rate', YEAR, '', '', '0,01', '%'],
        ['on_time_rate', YEAR, '', '', '1', '%'],
      ],
    ]) {
      const { texts, rejected } = await load(headed)
      expect([texts, rejected]).toEqual([['1,00 %', '0,01 %'], []])
    }
  })

  it("of an office's own keep their denominator, per cent, bound, place and change of places", async () => {
    expect(
      await shownOf(
        ['Nhiệm vụ hoàn thành', '34', '34', ''],
        ['Nhiệm vụ khác', '', '', '34/34'],
        ['TTHC rút ngắn', '', '', '63,92 %'],
        ['TTHC rút ngắn (số)', '', '', '1.375'],
        ['PAR INDEX', '', '', 'trên 92,05 %'],
        ['SIPAS', '', '', 'khoảng 80%'],
        ['Nợ đọng', '', '', 'dưới 5 %'],
        ['Thu hút', '', '', 'từ 95% trở lên'],
        ['Chỉ số CCHC', '', '', 'tăng 16 bậc'],
        ['Chỉ số PAPI', '', '', 'giảm 3 bậc'],
        ['Chỉ số PCI', '', '', 'giữ nguyên'],
        ['Xếp hạng 766', '', '', '32/63'],
        ['rank_766', '1', '63', ''],
      ),
    ).toEqual([
      '34/34 (100,00 %)',
      '34/34 (100,00 %)',
      '63,92 %',
      '1.375',
      '> 92,05 %',
      '≈ 80,00 %',
      '< 5,00 %',
      '≥ 95,00 %',
      'tăng 16 bậc',
      'giảm 3 bậc',
      'giữ nguyên',
      '32/63',
      '1/63',
    ])
  })

  it('of a change of places are found in the note too, and a ranking without a figure is rejected', async () => {
    const { texts, rejected } = await load([
      [...HEADER, 'Ghi chú'],
      ['rank_change_sipas', YEAR, '', '', '', 'Chỉ số tăng 18 bậc (rank change, not %)'],
      ['rank_change_papi', YEAR, '', '', '', ''],
    ])
    expect([texts, rejected]).toEqual([['tăng 18 bậc'], [{ line: 3, reason: 'no_figure' }]])
  })

  it('have thousands by what the whole column says, and doubt is refused with both readings', async () => {
    const group = await load([HEADER, ['on_time_rate', YEAR, '900', '1,000', '']])
    expect(group.rows[0]).toMatchObject({ numerator: 900, denominator: 1000, shown: 9000 })
    const doubtful = await load([HEADER, ['on_time_rate', YEAR, '12,000', '15,000', '']])
    expect(doubtful.rejected).toEqual([{ line: 2, reason: 'ambiguous_number' }])
    const folder = tempFolder()
    write(folder, 's.csv', csv([HEADER, ['on_time_rate', YEAR, '12,000', '15,000', '']]))
    const { status, stderr } = await run(['ingest', 's.csv'], { cwd: folder })
    expect([status, stderr]).toEqual([3, expect.stringMatching(/"12,000" is 12 or 12000/)])
  })

  it('of more than all there are, are rejected', async () => {
    expect((await load([HEADER, ['on_time_rate', YEAR, '1200', '1000', '']])).rejected).toEqual([{ line: 2, reason: 'above_whole' }])
    const fees = [
      ['Đơn vị', 'Kỳ', 'Số hồ sơ phải nộp phí', 'Số hồ sơ thanh toán trực tuyến'],
      ['Sở Y tế', YEAR, '5', '6'],
    ]
    expect((await load(fees)).rejected).toEqual([{ line: 2, reason: 'above_whole' }])
  })

  it('are no difference where they are equal as published', async () => {
    const dossiers = csv([
      ['Mã hồ sơ', 'Ngày tiếp nhận', 'Ngày hẹn trả', 'Ngày có kết quả', 'Hình thức nộp'],
      ...[9, 10, 11].map((day) => [`D${day}`, '01/07/2024', '10/07/2024', `${day}/07/2024`, 'Trực tuyến']),
    ])
    const summary = (value: string, metric = 'on_time_rate'): string[][] => [HEADER, [metric, YEAR, '', '', value]]
    const difference = async (...table: Parameters<typeof summary>) =>
      (await load(summary(...table), [{ name: 'd.csv', content: dossiers }])).rows.map((one) => one.difference)
    expect(await difference('66,67 %')).toEqual([0])
    expect(await difference('66,7 %')).toEqual([0])
    expect(await difference('67')).toEqual([0])
    expect(await difference('66,66 %')).toEqual([-0.00006667])
    expect(await difference('trên 60 %')).toEqual([0])
    expect(await difference('trên 70 %')).toEqual([0.03333333])
    expect(await difference('33,33 %', 'late_rate')).toEqual([0])
  })

  it.each([
    ['10 tháng 2022', '2022-01..2022-10'],
    ['9 tháng đầu năm 2024', '2024-01..2024-09'],
    ['10 tháng đầu năm 2022', '2022-01..2022-10'],
    ['6 tháng đầu năm 2024', '2024-H1'],
    ['6 tháng cuối năm 2024', '2024-H2'],
    ['3 tháng đầu năm 2024', '2024-Q1'],
    ['quý III/2024', '2024-Q3'],
    ['Quý 3 năm 2024', '2024-Q3'],
    ['Q3/2024', '2024-Q3'],
    ['năm 2024', '2024'],
    ['tháng 9/2025', '2025-09'],
    ['Tháng 09-2025', '2025-09'],
    ['T9/2025', '2025-09'],
    ['15/12/2023 - 14/12/2024', '2023-12-15..2024-12-14'],
    ['từ ngày 01/01/2024 đến ngày 15/08/2024', '2024-01-01..2024-08-15'],
  ])('have "%s" for a period', async (said, label) => {
    expect((await load([HEADER, ['on_time_rate', said, '1', '2', '']])).rows.map(({ period }) => period)).toEqual([label])
  })

  it('have the year of the title where their period names none', async () => {
    const { rows } = await load([
      ['KẾT QUẢ CẢI CÁCH HÀNH CHÍNH NĂM 2024', '', '', '', ''],
      HEADER,
      ['on_time_rate', '6 tháng đầu năm', '1', '2', ''],
    ])
    expect(rows.map(({ period }) => period)).toEqual(['2024-H1'])
  })
})
