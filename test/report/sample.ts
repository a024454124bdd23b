import type { Cell, Column, Document, Row, Section, Table } from '../../src/report/document.js'
import type { Status } from '../../src/measure/compare.js'
import type { Language } from '../../src/language/labels.js'

/* A document with everything in it that a renderer may meet: made up, small or large, with names as hostile as a test wants them. */

const column = (id: string, kind: Cell['kind'], headings: string[] = [id], more: Partial<Column> = {}): Column => ({
  id,
  headings,
  number: null,
  kind,
  isBare: false,
  rank: 0,
  ...more,
})
const text = (said: string): Cell => ({ kind: 'text', text: said })
const count = (value: number | null): Cell => ({ kind: 'count', value })
const points = (shown: number | null): Cell => ({ kind: 'points', value: shown === null ? null : shown / 10_000, shown })
const rate = (shown: number | null, status: Status | null = null, state: 'value' | 'no_cases' | 'not_computable' = 'value'): Cell => ({
  kind: 'rate',
  value: shown === null ? null : shown / 10_000,
  shown,
  state: shown === null && state === 'value' ? 'no_cases' : state,
  status,
})
const status = (one: Status, isBelow = false): Cell => ({ kind: 'status', status: one, isBelow })
const row = (cells: Cell[], depth: 0 | 1 = 0): Row => ({ depth, isTotal: depth === 0, cells })
const table = (id: string, caption: string, columns: Column[], rows: Row[], more: Partial<Table> = {}): Table => ({
  id,
  caption,
  columns,
  rows,
  chart: null,
  isHeat: false,
  isWide: false,
  ...more,
})
const section = (id: string, title: string, tables: Table[], more: Partial<Section> = {}): Section => ({
  id,
  title,
  text: [],
  tables,
  notes: [],
  isAppendix: false,
  ...more,
})

/** A figure between 0 and 10,000 that is the same for the same two numbers. */
const figure = (a: number, b: number): number => (a * 7919 + b * 104_729 + 4211) % 10_001

export interface SampleOptions {
  language?: Language
  units?: number
  metrics?: number
  months?: number
  /** Names of the first units, instead of plain ones. */
  names?: readonly string[]
}

export function sampleDocument({ language = 'vi', units = 12, metrics = 8, months = 12, names = [] }: SampleOptions = {}): Document {
  const unitNames = Array.from({ length: units }, (_, i) => names[i] ?? `${i % 3 === 0 ? 'Phường' : 'Xã'} Đầm Dơi ${i + 1}`)
  const metricNames = Array.from({ length: metrics }, (_, i) => `Chỉ tiêu ${i + 1}`)
  const monthNames = Array.from({ length: months }, (_, i) => `${(i % 12) + 1}/${2024 + Math.floor(i / 12)}`)
  const target = 6_000
  const statusOf = (shown: number): Status => (shown > target ? 'exceeded' : shown === target ? 'met' : 'missed')
  const figures = metricNames.flatMap((name, m) =>
    [name, 'cấp tỉnh', 'cấp xã'].map((part, depth) => ({ part, depth: Math.min(depth, 1) as 0 | 1, shown: figure(m, depth) })),
  )
  return {
    id: 'monthly',
    language,
    office: 'Tỉnh Sông Xanh',
    title: 'Kết quả cải cách hành chính tháng 9/2025',
    subtitle: '01/09/2025–30/09/2025 · số liệu đến 30/09/2025',
    period: { label: '2025-09', name: 'tháng 9/2025', from: '2025-09-01', to: '2025-09-30' },
    asOf: '2025-09-30',
    tool: '0.1.0',
    summary: ['Đạt hoặc vượt 5/8 chỉ tiêu kế hoạch.', '3 chỉ tiêu chưa đạt: Chỉ tiêu 1, Chỉ tiêu 2, Chỉ tiêu 3.'],
    verdict: { met: 5, missed: 3, noData: 1 },
    sections: [
      section(
        'plan',
        'Kết quả so với kế hoạch',
        [
          table(
            'plan',
            'Chỉ tiêu theo cấp',
            [
              column('metric', 'text', ['Chỉ tiêu']),
              column('value', 'rate', ['Kết quả']),
              column('target', 'rate', ['Kế hoạch']),
              column('gap', 'points', ['Chênh'], { rank: 1 }),
              column('status', 'status', ['Tình trạng']),
              column('before', 'rate', ['Kỳ trước', 'Kết quả'], { rank: 3 }),
              column('change', 'points', ['Kỳ trước', 'Thay đổi'], { rank: 2 }),
              column('n', 'count', ['Đạt'], { rank: 4 }),
              column('d', 'count', ['Tổng số'], { rank: 4 }),
              column('trend', 'trend', ['12 tháng'], { rank: 5 }),
            ],
            figures.map(({ part, depth, shown }, i) =>
              row(
                [
                  text(part),
                  rate(shown),
                  rate(target),
                  points(shown - target),
                  status(statusOf(shown)),
                  rate(figure(i, 99)),
                  points(shown - figure(i, 99)),
                  count(shown * 3),
                  count(30_000),
                  { kind: 'trend', months: monthNames, shown: monthNames.map((_, m) => (m === 2 ? null : figure(i, m))) },
                ],
                depth,
              ),
            ),
            {
              chart: {
                kind: 'bullet',
                items: figures.map(({ part, depth, shown }) => ({
                  name: part,
                  depth,
                  shown,
                  target,
                  status: statusOf(shown),
                  targetText: '80,00 %',
                  isLowerBetter: false,
                })),
              },
            },
          ),
        ],
        { text: ['Tỷ lệ hồ sơ trực tuyến đạt 92,17 % (kế hoạch 80 %), vượt 12,17 điểm phần trăm.'] },
      ),
      section('behind', 'Đơn vị chưa đạt', [
        table(
          'behind',
          'Xa kế hoạch nhất trước',
          [
            column('unit', 'text', ['Đơn vị']),
            column('metric', 'text', ['Chỉ tiêu']),
            column('value', 'rate', ['Kết quả']),
            column('gap', 'points', ['Chênh']),
            column('needed', 'count', ['Cần thêm']),
            column('since', 'text', ['Từ']),
          ],
          unitNames
            .slice(0, 9)
            .map((name, u) =>
              row([text(name), text(metricNames[0]!), rate(4_120, 'missed'), points(-1_880), count(u + 3), text('7/2025')]),
            ),
        ),
      ]),
      section('units', 'Từng đơn vị', [
        table(
          'units',
          'Kết quả từng đơn vị (%)',
          [column('unit', 'text', ['Đơn vị']), ...metricNames.map((name, m) => column(`m${m}`, 'rate', [name], { isBare: true }))],
          unitNames.map((name, u) =>
            row(
              [
                text(name),
                ...metricNames.map((_, m) => {
                  if ((u + m) % 11 === 0) return rate(null, 'no_data')
                  if ((u + m) % 13 === 0) return rate(null, 'no_data', 'not_computable')
                  const shown = figure(u + 1, m)
                  return rate(shown, m % 4 === 3 ? 'no_target' : statusOf(shown))
                }),
              ],
              1,
            ),
          ),
          { isHeat: true, isWide: true },
        ),
      ]),
      section('months', 'Diễn biến 12 tháng', [
        table(
          'months',
          'Kết quả theo tháng (%)',
          [column('month', 'text', ['Tháng']), ...metricNames.map((name, m) => column(`m${m}`, 'rate', [name], { isBare: true }))],
          monthNames.map((name, i) =>
            row([text(name), ...metricNames.map((_, m) => rate(i === 2 ? null : figure(m, i), statusOf(figure(m, i))))], 1),
          ),
          {
            chart: {
              kind: 'line',
              months: monthNames,
              series: metricNames.map((name, m) => ({
                name,
                shown: monthNames.map((_, i) => (i === 2 ? null : figure(m, i))),
                targets: monthNames.map((_, i) => (m % 4 === 3 ? null : i < 6 ? target - 1_000 : target)),
                isLowerBetter: m === 5,
              })),
            },
          },
        ),
      ]),
      section('ranks', 'Thứ hạng', [
        table(
          'ranks',
          'Thứ hạng theo Chỉ tiêu 1',
          [
            column('unit', 'text', ['Đơn vị']),
            column('before', 'count', ['Tháng 8/2025']),
            column('now', 'count', ['Tháng 9/2025']),
            column('value', 'rate', ['Kết quả']),
          ],
          unitNames.map((name, u) => row([text(name), count(units - u), count(u + 1), rate(9_900 - u)], 1)),
          {
            chart: {
              kind: 'slope',
              from: 'tháng 8/2025',
              to: 'tháng 9/2025',
              of: units,
              items: unitNames.map((name, u) => ({ name, from: u === 3 ? null : units - u, to: u + 1 })),
            },
          },
        ),
      ]),
      section(
        'timeliness',
        'Tiến độ giải quyết',
        [
          table(
            'timeliness',
            'Hồ sơ theo cấp',
            [
              column('level', 'text', ['Cấp'], { number: '(1)' }),
              column('received', 'count', ['Tiếp nhận', 'Tổng số'], { number: '(2)' }),
              column('online', 'count', ['Tiếp nhận', 'Trong kỳ', 'Trực tuyến'], { number: '(3)' }),
              column('offline', 'count', ['Tiếp nhận', 'Trong kỳ', 'Trực tiếp'], { number: '(4)' }),
              column('resolved', 'count', ['Đã giải quyết', 'Tổng số'], { number: '(5)' }),
              column('late', 'count', ['Đã giải quyết', 'Quá hạn'], { number: '(6)' }),
              column('mean', 'score', ['Điểm'], { number: '(7)' }),
            ],
            [
              row([
                text('Tổng số'),
                count(357_198),
                count(329_230),
                count(27_968),
                count(357_000),
                count(28),
                { kind: 'score', value: 4.236 },
              ]),
              row(
                [text('cấp tỉnh'), count(205_775), count(200_000), count(5_775), count(205_775), count(2), { kind: 'score', value: null }],
                1,
              ),
            ],
          ),
        ],
        { notes: ['Không tính 700 hồ sơ ngành dọc.', 'Hồ sơ rút: không tính.'] },
      ),
      section(
        'definitions',
        'Cách tính',
        [
          table(
            'definitions',
            'Chỉ tiêu, cách tính, nguồn',
            [column('metric', 'text', ['Chỉ tiêu']), column('definition', 'text', ['Cách tính']), column('source', 'text', ['Nguồn'])],
            metricNames.map((name) =>
              row([text(name), text('hồ sơ nộp trực tuyến / hồ sơ tiếp nhận trong kỳ'), text('Quyết định 766/QĐ-TTg (2022)')]),
            ),
          ),
        ],
        { isAppendix: true },
      ),
    ],
  }
}
