import { describe, expect, test } from 'vitest'

import { ingestFiles } from '../../src/ingest/ingest.js'
import { checkTargets } from '../../src/measure/check.js'
import type { Report } from '../../src/measure/report.js'
import { Store } from '../../src/store/store.js'
import { definitions, LOAD } from '../support/facts.js'
import { tempFolder, write } from '../support/program.js'
import { reportOf } from './support.js'

const DOSSIERS = `Mã hồ sơ,Cơ quan thực hiện,Cấp,Ngày tiếp nhận,Ngày có kết quả,Hình thức nộp
1,Sở Y tế,Cấp tỉnh,01/09/2025,02/09/2025,Trực tuyến
2,UBND xã Gò Tre,Cấp xã,01/09/2025,02/09/2025,Trực tuyến
3,UBND xã Gò Tre,Cấp xã,01/09/2025,02/09/2025,Trực tuyến
`
const PLAN = 'Chỉ tiêu,Cấp,Kế hoạch\nsatisfaction_rate,,50 %\nsatisfaction_rate,Cấp xã,90 %\n'

async function report(...files: string[]): Promise<Report> {
  const folder = tempFolder()
  const store = await Store.inMemory()
  try {
    for (const [i, text] of files.entries()) {
      const [result] = await ingestFiles(store, [write(folder, `${i}.csv`, text)], await definitions(), LOAD)
      expect(result!.error).toBe(null)
      expect(result!.counts.rejected).toBe(0)
    }
    return await reportOf(store, {
      period: '2025-09',
      by: [['level'], ['unit']],
      metrics: ['online_submission_rate', 'satisfaction_rate'],
      asOf: '2025-10-01',
    })
  } finally {
    store.close()
  }
}

const levels = ({ rows }: Report): unknown[] =>
  rows
    .filter(({ metric, unit, level }) => metric === 'satisfaction_rate' && unit === null && level !== null)
    .map(({ level, numerator, denominator, state }) => [level, numerator, denominator, state])

describe('the level of a survey answer', () => {
  test('is what its file says', async () => {
    const survey = 'Ngày khảo sát,Đơn vị,Cấp,Mức độ hài lòng\n05/09/2025,Xã A,Cấp xã,5\n05/09/2025,Xã B,xã,2\n06/09/2025,Sở C,Tỉnh,4\n'
    const made = await report(survey)
    expect(levels(made)).toEqual([
      ['province', 1, 1, 'value'],
      ['commune', 1, 2, 'value'],
    ])
    expect(made.notes.noLevelAnswers).toBe(0)
  })

  test('is else that on which dossiers put the unit, where they put it on one', async () => {
    const survey = 'Ngày khảo sát,Đơn vị,Mức độ hài lòng\n05/09/2025,UBND xã Gò Tre,5\n05/09/2025,ubnd xã gò tre,2\n'
    expect(levels(await report(DOSSIERS, survey))).toEqual([
      ['province', 0, 0, 'no_cases'],
      ['commune', 1, 2, 'value'],
    ])
  })

  test('is else not known: the answers are counted, no level is said to have none, and a target of a level is without data', async () => {
    const survey = 'Ngày khảo sát,Đơn vị,Mức độ hài lòng\n05/09/2025,Xã Lạ,5\n05/09/2025,UBND xã Gò Tre,4\n'
    const made = await report(DOSSIERS, survey, PLAN, 'Ngày khảo sát,Mức độ hài lòng\n07/09/2025,5\n')
    expect(made.notes.noLevelAnswers).toBe(2)
    expect(levels(made)).toEqual([
      ['province', null, null, 'not_computable'],
      ['commune', 1, 1, 'value'],
    ])
    const unknown = await report(DOSSIERS, PLAN, 'Ngày khảo sát,Đơn vị,Mức độ hài lòng\n05/09/2025,Xã Lạ,5\n')
    const checked = checkTargets(unknown, await definitions(), 31)
    expect(checked.verdict).toBe('no_data')
    expect(checked.withoutData.map(({ level }) => level)).toEqual(['province', 'commune'])
  })
})
