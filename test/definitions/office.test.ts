import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { loadDefinitions } from '../../src/definitions/load.js'
import { run, succeed, tempFolder, write } from '../support/program.js'

const METRIC = (id: string, counts: string): string => `${id}:
  label: { vi: Tỷ lệ riêng của ${id}, en: Own rate of ${id} }
  short: { vi: Riêng ${id}, en: Own ${id} }
  definition: { vi: theo tỉnh, en: of the province }
  population: received
  needs: [channel]
  counts: ${counts}
  direction: higher
  source: kế hoạch của tỉnh
`

/** A project folder with an office's definitions. */
function office(files: Record<string, string>): string {
  const folder = tempFolder()
  write(folder, 'cchc.yaml', 'name: Văn phòng UBND\n')
  mkdirSync(join(folder, 'definitions', 'layouts'), { recursive: true })
  for (const [name, text] of Object.entries(files)) write(join(folder, 'definitions'), name, text)
  return folder
}

const loaded = (files: Record<string, string>) => loadDefinitions(join(office(files), 'definitions'))

describe("an office's definitions", () => {
  it('add a metric and replace a shipped one, whole, by its id', async () => {
    const { metrics } = await loaded({
      'metrics.yaml': METRIC('own_rate', "channel = 'postal'") + METRIC('online_submission_rate', "channel <> 'in_person'"),
    })
    expect(metrics.get('own_rate')).toMatchObject({ counts: "channel = 'postal'", file: expect.stringContaining('metrics.yaml') })
    expect(metrics.get('online_submission_rate')).toMatchObject({ counts: "channel <> 'in_person'", source: 'kế hoạch của tỉnh' })
    expect(metrics.get('on_time_rate')).toMatchObject({ file: null })
    expect((await loadDefinitions()).metrics.has('own_rate')).toBe(false)
  })

  it('add headers, labels of values and of statuses, and may move a label', async () => {
    const { kinds, vocabularies, stages } = await loaded({
      'columns.yaml':
        'aliases: { dossiers: { code: [Ký hiệu] } }\nvocabularies: { channel: { postal: [bcci tỉnh, một cửa] } }\npersonal: [Tên mẹ]\n',
      'statuses.yaml': 'stopped: { labels: [Đã đóng] }\nresolved: { labels: [Chờ ký duyệt] }\npayment_requested: { stage: open }\n',
    })
    expect(kinds.dossiers.columns.code!.aliases).toContain('Ký hiệu')
    expect(vocabularies.channel!.postal).toEqual(expect.arrayContaining(['bcci tỉnh', 'một cửa', 'bưu chính']))
    expect(vocabularies.channel!.in_person).not.toContain('một cửa')
    expect(vocabularies.status!.stopped).toContain('Đã đóng')
    expect([vocabularies.status!.resolved!.includes('Chờ ký duyệt'), vocabularies.status!.processing!.includes('Chờ ký duyệt')]).toEqual([
      true,
      false,
    ])
    expect(stages.payment_requested).toBe('open')
  })

  it('move a label however it is written', async () => {
    const { vocabularies } = await loaded({ 'statuses.yaml': 'resolved: { labels: [CHỜ KÝ DUYỆT] }\n' })
    const owners = Object.entries(vocabularies.status!).filter(([, labels]) =>
      labels.some((label) => label.toLowerCase() === 'chờ ký duyệt'),
    )
    expect(owners.map(([value]) => value)).toEqual(['resolved'])
  })

  it('do not touch what the next caller loads', async () => {
    await loaded({ 'columns.yaml': 'personal: [Tên mẹ]\naliases: { dossiers: { code: [Ký hiệu] } }\n' })
    const { personal, kinds } = await loadDefinitions()
    expect([personal.includes('Tên mẹ'), kinds.dossiers.columns.code!.aliases.includes('Ký hiệu')]).toEqual([false, false])
  })

  const own = METRIC('own_rate', "channel = 'postal'")
  it.each([
    ['a column', 'columns.yaml', 'aliases: { dossiers: { colour: [Màu] } }\n', /no column "colour"/],
    ['a vocabulary', 'columns.yaml', 'vocabularies: { colour: { red: [đỏ] } }\n', /no vocabulary "colour"/],
    ['a value', 'columns.yaml', 'vocabularies: { channel: { phone: [điện thoại] } }\n', /"phone" is not a value of channel/],
    ['a status', 'statuses.yaml', 'archived: { labels: [Đã lưu] }\n', /"archived" is not a value of status/],
    ['a needed column', 'metrics.yaml', own.replace('[channel]', '[colour]'), /needs "colour"/],
    ['a complement', 'metrics.yaml', own.replace('direction', 'complement_of: no_rate\n  direction'), /complement of "no_rate"/],
    [
      'a column of a layout',
      'layouts/own.yaml',
      'id: own\nkind: dossiers\nheader: [Mã]\ncolumns: { colour: Mã }\n',
      /"colour" is not a column/,
    ],
  ])('that name %s that does not exist are refused, with the file', async (_, name, text, message) => {
    const asked = loaded({ [name]: text })
    await expect(asked).rejects.toMatchObject({ code: 'invalid_definition', message: expect.stringMatching(message) })
    await expect(asked).rejects.toMatchObject({ exitStatus: 3, place: { file: expect.stringContaining(name) } })
  })
})

describe('the program in a project folder', () => {
  const OWN = {
    'metrics.yaml': METRIC('own_rate', "channel = 'postal'"),
    'policies.yaml': 'strict:\n  label: { vi: chặt, en: strict }\n  compare: time\n',
    'columns.yaml': 'vocabularies: { channel: { postal: [bcci tỉnh] } }\n',
    'statuses.yaml': 'returned: { labels: [Xong hẳn] }\n',
    'layouts/own.yaml':
      'id: own-list\nkind: dossiers\nheader: [Ký hiệu, Cách nộp]\ncolumns: { code: Ký hiệu, channel: Cách nộp, received_at: Nhận, due_at: Hẹn, resolved_at: Xong, status: Tình hình }\n',
  }
  const EXPORT = `Ký hiệu,Cách nộp,Nhận,Hẹn,Xong,Tình hình
240603-0001,bcci tỉnh,03/06/2024,10/06/2024 10:00,10/06/2024 16:00,Xong hẳn
240603-0002,Trực tuyến,03/06/2024,10/06/2024 10:00,10/06/2024 09:00,Xong hẳn
`

  it("reads with the office's layout, labels and statuses and reports with its metric and policy", async () => {
    const cwd = office(OWN)
    await succeed(['ingest', write(cwd, 'list.csv', EXPORT), '--strict'], { cwd })
    const value = async (metric: string, ...args: string[]): Promise<unknown> => {
      const body = JSON.parse(
        await succeed(['report', '--format', 'json', '--period', '2024-06', '--metric', metric, ...args], { cwd }),
      ) as {
        rows: { numerator: number; denominator: number }[]
      }
      return [body.rows[0]!.numerator, body.rows[0]!.denominator]
    }
    expect(await value('own_rate')).toEqual([1, 2])
    expect([await value('on_time_rate'), await value('on_time_rate', '--policy', 'strict')]).toEqual([
      [2, 2],
      [1, 2],
    ])
    const shown = await succeed(['metrics', 'own_rate'], { cwd })
    expect(shown).toContain(join('definitions', 'metrics.yaml'))
  })

  it('uses the definitions beside the store also where there is no project file', async () => {
    const cwd = tempFolder()
    mkdirSync(join(cwd, 'definitions'))
    write(join(cwd, 'definitions'), 'metrics.yaml', METRIC('own_rate', "channel = 'postal'"))
    expect((await run(['metrics', 'own_rate'], { cwd })).status).toBe(0)
  })

  it('names the policies there are when asked for another', async () => {
    const cwd = office(OWN)
    const { status, stderr } = await run(['report', '--policy', 'lenient'], { cwd })
    expect([status, stderr]).toEqual([2, expect.stringMatching(/no policy "lenient"[^]*default, strict/)])
  })
})
