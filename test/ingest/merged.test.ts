import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { ingestFiles, type FileResult } from '../../src/ingest/ingest.js'
import { Store } from '../../src/store/store.js'
import { definitions, LOAD } from '../support/facts.js'
import { csv, tempFolder, write } from '../support/program.js'
import { openDocument, workbook } from '../support/workbook.js'

type Rows = string[][]

async function load(
  name: string,
  content: string | Buffer,
  sql: string,
  fillDown?: string,
): Promise<{ result: FileResult; facts: unknown[] }> {
  const folder = tempFolder()
  const store = await Store.open(join(folder, 's.duckdb'))
  try {
    const options = { ...LOAD, maxRejects: 0, ...(fillDown === undefined ? {} : { fillDown }) }
    const [result] = (await ingestFiles(store, [write(folder, name, content)], await definitions(), options)) as [FileResult]
    return { result, facts: (await store.rows<Record<string, unknown>>(sql)).map((row) => Object.values(row)) }
  } finally {
    store.close()
  }
}

const DOSSIERS: Rows = [
  ['Mã hồ sơ', 'Cơ quan thực hiện', 'Ngày tiếp nhận', 'Ngày có kết quả'],
  ...['Sở Y tế', '', '', '', 'Sở Nội vụ', '', ''].map((unit, i) => [`H-00${i + 1}`, unit, '01/09/2025', i < 4 ? '02/09/2025' : '']),
]
const DOSSIER_UNITS = [
  ['Sở Nội vụ', 3],
  ['Sở Y tế', 4],
]

/** Lists whose first cell of some rows is merged over those below, what is asked of the store, and what it must say. */
const CASES: { kind: string; rows: Rows; merges: string[]; sql: string; facts: unknown[] }[] = [
  {
    kind: 'dossiers',
    rows: DOSSIERS,
    merges: ['B2:B5', 'B6:B8'],
    sql: 'SELECT unit_name, count(*)::INTEGER FROM dossier GROUP BY 1 ORDER BY 1',
    facts: DOSSIER_UNITS,
  },
  {
    kind: 'targets',
    rows: [
      ['Đơn vị', 'Chỉ tiêu', 'Kế hoạch'],
      ['Sở Y tế', 'on_time_rate', '95 %'],
      ['', 'online_submission_rate', '80 %'],
    ],
    merges: ['A2:A3'],
    sql: 'SELECT metric, unit FROM target ORDER BY metric',
    facts: [
      ['on_time_rate', 'Sở Y tế'],
      ['online_submission_rate', 'Sở Y tế'],
    ],
  },
  {
    kind: 'targets by level',
    rows: [
      ['Cấp', 'Chỉ tiêu', 'Kế hoạch'],
      ['Cấp tỉnh', 'on_time_rate', '99 %'],
      ['', 'online_submission_rate', '80 %'],
      ['Cấp xã', 'on_time_rate', '95 %'],
      ['', 'online_submission_rate', '70 %'],
    ],
    merges: ['A2:A3', 'A4:A5'],
    sql: 'SELECT metric, level, share FROM target ORDER BY ALL',
    facts: [
      ['on_time_rate', 'commune', 0.95],
      ['on_time_rate', 'province', 0.99],
      ['online_submission_rate', 'commune', 0.7],
      ['online_submission_rate', 'province', 0.8],
    ],
  },
  {
    kind: 'indicators',
    rows: [
      ['Đơn vị', 'Chỉ tiêu', 'Kỳ', 'Tử số', 'Mẫu số'],
      ['Sở Y tế', 'on_time_rate', '2025-09', '9', '10'],
      ['', 'online_submission_rate', '2025-09', '8', '10'],
    ],
    merges: ['A2:A3'],
    sql: 'SELECT indicator, unit FROM reported_indicator ORDER BY 1',
    facts: [
      ['on_time_rate', 'Sở Y tế'],
      ['online_submission_rate', 'Sở Y tế'],
    ],
  },
  {
    kind: 'survey',
    rows: [
      ['Ngày khảo sát', 'Đơn vị', 'Mức độ hài lòng'],
      ['01/09/2025', 'Sở Y tế', '5'],
      ['01/09/2025', '', '4'],
      ['02/09/2025', '', '4'],
    ],
    merges: ['B2:B4'],
    sql: 'SELECT unit_name, count(*)::INTEGER FROM survey_answer GROUP BY 1',
    facts: [['Sở Y tế', 3]],
  },
  {
    kind: 'units',
    rows: [
      ['Loại', 'Tên đơn vị', 'Mã đơn vị'],
      ['Sở', 'Sở Y tế', 'A1'],
      ['', 'Sở Nội vụ', 'A2'],
      ['Xã', 'Xã Gò Tre', 'B1'],
      ['', 'Xã Vàm Trên', 'B2'],
    ],
    merges: ['A2:A3', 'A4:A5'],
    sql: 'SELECT code, type FROM unit ORDER BY 1',
    facts: [
      ['A1', 'Sở'],
      ['A2', 'Sở'],
      ['B1', 'Xã'],
      ['B2', 'Xã'],
    ],
  },
]

describe.concurrent.each(CASES)('cells of $kind merged over rows', ({ rows, merges, sql, facts }) => {
  test.each(['xlsx', 'ods'])('say the same in each of them, in %s', async (format) => {
    const sheet = { name: 'S', rows, merges }
    const { result, facts: found } = await load(`a.${format}`, format === 'xlsx' ? workbook(sheet) : openDocument(sheet), sql)
    expect(result.error).toBe(null)
    expect(found).toEqual(facts)
  })

  test('are asked about in copies without the merging, and filled down where the user says so', async () => {
    const header = rows[0]!.find((_, i) => rows.some((cells) => cells[i] === ''))!
    for (const [name, content] of [
      ['a.csv', csv(rows.map((cells) => cells.map((cell) => (cell.includes(',') ? `"${cell}"` : cell))))],
      ['a.xlsx', workbook({ name: 'S', rows })],
    ] as const) {
      const { result } = await load(name, content, sql)
      expect(result.error).toMatchObject({ code: 'merged_copy', exitStatus: 3, details: { columns: [header] } })
      expect(await load(name, content, sql, header)).toMatchObject({ result: { error: null }, facts })
    }
  })
})

describe('what is no copy of merged cells', () => {
  test.each([
    ['names each unit in several rows', ['Sở Y tế', 'Sở Y tế', 'Sở Nội vụ', '', '']],
    ['has a first row without a unit', ['', 'Sở Y tế', '', 'Sở Nội vụ', '']],
    ['has the rows without a unit last', ['Sở Y tế', 'Sở Nội vụ', 'Sở Tư pháp', '', '', '']],
  ])('%s', async (_, units) => {
    const rows = [DOSSIERS[0]!, ...units.map((unit, i) => [`H-00${i + 1}`, unit, '01/09/2025', ''])]
    const { result } = await load('a.csv', csv(rows), 'SELECT 1')
    expect([result.error, result.counts.loaded]).toEqual([null, units.length])
  })

  test('is a plan whose last lines are for all units', async () => {
    const rows = [
      ['Đơn vị', 'Chỉ tiêu', 'Kế hoạch'],
      ['Sở Y tế', 'on_time_rate', '98 %'],
      ['', 'on_time_rate', '95 %'],
    ]
    expect((await load('a.csv', csv(rows), 'SELECT unit, share FROM target ORDER BY share')).facts).toEqual([
      [null, 0.95],
      ['Sở Y tế', 0.98],
    ])
  })

  test('is what the user or a layout says so', async () => {
    const asked = 'SELECT count(unit_name)::INTEGER FROM dossier'
    expect((await load('a.csv', csv(DOSSIERS), asked, 'none')).facts).toEqual([[2]])
    expect((await load('a.csv', csv(DOSSIERS), asked, 'cơ quan thực hiện')).facts).toEqual([[7]])
  })
})
