import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { ingestFiles } from '../../src/ingest/ingest.js'
import { inspectFiles, type Inspections, type InspectOptions } from '../../src/ingest/inspect.js'
import { Store } from '../../src/store/store.js'
import { readCases } from '../support/cases.js'
import { codeOf, definitions, dossier, HEADER, LOAD } from '../support/facts.js'
import { csv, run, SAMPLES, succeed, tempFolder, write } from '../support/program.js'

async function look(files: string[], options: Partial<InspectOptions> = {}): Promise<Inspections> {
  const { dryRun: _, ...load } = LOAD
  const store = join(tempFolder(), 'none.duckdb')
  const found = await inspectFiles(files, await definitions(), { ...load, store, memory: '1200MB', province: null, ...options })
  expect(existsSync(store) && options.store === undefined).toBe(false)
  return found
}

describe('looking at a file says what loading it then does', () => {
  test.each(['headers', 'traps', 'bad-input', 'workbooks'])(
    'for all of %s',
    async (folder) => {
      const cases = readCases(folder)
      const paths = cases.flatMap(({ file, units }) => [...(units ? [units] : []), file].map((name) => join(SAMPLES, folder, name)))
      for (const maxRejects of folder === 'bad-input' ? [0.05, 1] : [1]) {
        const store = await Store.open(join(tempFolder(), 's.duckdb'))
        try {
          const loaded = await ingestFiles(store, paths, await definitions(), { ...LOAD, maxRejects })
          const { files } = await look(paths, { maxRejects })
          expect(files).toHaveLength(loaded.length)
          for (const [i, { result, rejects, skipped }] of files.entries()) {
            const { counts, error, loadId: _, ...said } = loaded[i]!
            expect(result.error?.toJSON() ?? null, said.file).toEqual(error?.toJSON() ?? null)
            if (error === null) expect(result, said.file).toMatchObject({ counts, ...said })
            else expect(result.status).toBe('refused')
            if (error !== null || said.status === 'unchanged') continue
            expect(rejects.reduce((sum, { rows }) => sum + rows, 0)).toBe(counts.rejected)
            expect(Object.values(skipped).reduce((sum, n) => sum + n, 0)).toBe(counts.skipped)
          }
        } finally {
          store.close()
        }
      }
    },
    120_000,
  )

  test('against what the store holds, which stays as it is', async () => {
    const folder = tempFolder()
    const db = join(folder, 's.duckdb')
    const known = write(folder, 'a.csv', csv([HEADER, dossier(1), dossier(2)]))
    const units = write(folder, 'u.csv', 'Mã đơn vị,Tên đơn vị,Loại,Cấp\n1,Sở Tư pháp,Sở,Cấp tỉnh\n')
    const store = await Store.open(db)
    await ingestFiles(store, [units, known], await definitions(), LOAD)
    store.close()
    const bytes = readFileSync(db)
    const changed = { 'Ngày có kết quả': '08/05/2024 10:00:00', 'Cập nhật lần cuối': '10/05/2024 08:00:00' }
    const elsewhere = { 'Cơ quan thực hiện': 'Sở Tư Phấp' }
    const next = write(folder, 'b.csv', csv([HEADER, dossier(1), dossier(2, changed), dossier(3, elsewhere), dossier(4)]))
    const found = await look([next, known], { store: db })
    expect(found.compared).toBe('all')
    expect(found.files[0]!.result.counts).toMatchObject({ read: 4, loaded: 3, unchanged: 1 })
    expect(found.files[1]!.result.counts).toMatchObject({ read: 2, loaded: 0 })
    expect(found.files[1]!.dates[0]).toMatchObject({ column: 'received_at', from: '2024-05-03', to: '2024-05-03' })
    expect(found.units).toMatchObject([{ said: 'Sở Tư Phấp', rows: 1 }])
    expect(readFileSync(db).equals(bytes)).toBe(true)
    expect(readdirSync(folder).sort()).toEqual(['a.csv', 'b.csv', 's.duckdb', 'u.csv'])
  })

  test('to the last row: dates that no format reads, words that are not known, what is not read', async () => {
    const folder = tempFolder()
    const header = [...HEADER.map((name) => (name === 'Hình thức nộp' ? 'Cách nộp hồ sơ' : name)), 'SĐT liên hệ', 'Ghi chú']
    const rows = Array.from({ length: 600 }, (_, i) => [...dossier(i + 1, { 'Ngày tiếp nhận': '26/09/23' }), '0912345678', ''])
    const { files } = await look([write(folder, 'a.csv', csv([header, ...rows]))], { maxRejects: 0.05 })
    const [{ result, rejects, dates, words }] = files as [Inspections['files'][number]]
    expect(result.error).toMatchObject({ code: 'too_many_rejects' })
    expect(result).toMatchObject({ status: 'refused', counts: { read: 600, rejected: 600 }, personal: ['SĐT liên hệ'] })
    expect(result.unread).toEqual([
      { header: 'Cách nộp hồ sơ', looks_like: 'channel' },
      { header: 'Ghi chú', looks_like: null },
    ])
    expect(rejects).toMatchObject([{ column: 'received_at', header: 'Ngày tiếp nhận', rows: 600, example: { line: 2, text: '26/09/23' } }])
    expect(dates.find(({ column }) => column === 'received_at')).toMatchObject({ from: null, to: null, formats: ['dd/MM/yy'] })
    expect(words).toEqual([])
    const odd = [3, 5, 8].map((serial) => dossier(serial, { 'Hình thức nộp': serial === 8 ? 'Qua Zalo' : 'Bồ câu' }))
    const second = await look([write(folder, 'b.csv', csv([HEADER, dossier(1), ...odd]))])
    expect(second.files[0]).toMatchObject({
      words: [
        { column: 'channel', header: 'Hình thức nộp', text: 'Bồ câu', rows: 2 },
        { column: 'channel', header: 'Hình thức nộp', text: 'Qua Zalo', rows: 1 },
      ],
      dates: [
        { column: 'received_at', from: '2024-05-03', to: '2024-05-03', formats: ['dd/MM/yyyy HH:mm:ss'] },
        { column: 'due_at', from: '2024-05-10', to: '2024-05-10' },
        { column: 'resolved_at' },
        { column: 'updated_at' },
      ],
    })
  })
})

describe('what loading would come to is printed', () => {
  test('of a folder, for people and for programs, with the status that loading would have', async () => {
    const cwd = tempFolder()
    mkdirSync(join(cwd, 'in'))
    write(join(cwd, 'in'), 'a.csv', csv([HEADER, dossier(1), dossier(2, { 'Ngày hẹn trả': '31/02/2024' })]))
    write(join(cwd, 'in'), 'b.csv', csv([HEADER, dossier(3)]))
    write(join(cwd, 'in'), 'note.pdf', '%PDF')
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('cchc-inspect-'))
    const text = await run(['inspect', 'in', '--lang', 'en'], { cwd })
    expect(text.status).toBe(3)
    expect(text.stdout).toMatch(/in\/a\.csv[\s\S]*rejected \(1\): invalid date in "Ngày hẹn trả"; as on line 3: "31\/02\/2024"/)
    expect(text.stdout).toMatch(
      /it would be refused: 2 read {2}1 loaded {2}1 rejected\n[\s\S]*in\/b\.csv[\s\S]*loading it would give: 1 read {2}1 loaded/,
    )
    const vi = await succeed(['inspect', 'in', '--lang', 'vi', '--max-rejects', '50%'], { cwd })
    expect(vi).toContain('ngày ở "Ngày tiếp nhận": 03/05/2024 đến 03/05/2024 (dd/MM/yyyy HH:mm:ss)')
    const json = JSON.parse((await run(['inspect', 'in', '--format', 'json'], { cwd })).stdout) as Record<string, unknown>
    expect(json).toMatchObject({
      schema: 'cchc.inspect/1',
      compared_with_store: 'nothing',
      passed_over: ['in/note.pdf'],
      files: [
        { file: 'in/a.csv', status: 'refused', counts: { read: 2, rejected: 1 }, error: { code: 'too_many_rejects' } },
        { file: 'in/b.csv', status: 'loaded', counts: { read: 1, loaded: 1 }, error: null },
      ],
    })
    expect(readdirSync(cwd)).toEqual(['in'])
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('cchc-inspect-'))).toEqual(before)
  })
})

describe('loading names what is not read', () => {
  test('and what can not be computed for want of a column that earlier files had', async () => {
    const cwd = tempFolder()
    write(cwd, 'thang-8.csv', csv([HEADER, dossier(1)]))
    copyFileSync(join(cwd, 'thang-8.csv'), join(cwd, 'thang-8-copy.csv'))
    expect((await run(['ingest', 'thang-8.csv'], { cwd })).stderr).not.toMatch(/not read|earlier files/)
    const header = HEADER.map((name) => (name === 'Hình thức nộp' ? 'Cách nộp hồ sơ' : name))
    write(
      cwd,
      'thang-9.csv',
      csv([
        ['STT', ...header],
        ['1', ...dossier(2, { 'Hình thức nộp': 'Trực tuyến' })],
      ]),
    )
    const { stderr, stdout } = await run(['ingest', 'thang-9.csv', '--lang', 'vi'], { cwd })
    expect(stdout).toContain('1 nạp')
    expect(stderr).toContain('không đọc cột: Cách nộp hồ sơ (có thể là Hình thức nộp)\n')
    expect(stderr).toMatch(/các tệp trước có mà tệp này không có cột: Hình thức nộp; không tính được từ tệp này: .*Nộp trực tuyến/)
    const [file] = (
      JSON.parse(await succeed(['ingest', 'thang-9.csv', '--careful', '--dry-run', '--format', 'json'], { cwd })) as { files: unknown[] }
    ).files
    expect(file).toMatchObject({ unread_columns: [{ header: 'Cách nộp hồ sơ', looks_like: 'channel' }], lacking_columns: ['channel'] })
    expect((file as { lacking_metrics: string[] }).lacking_metrics).toEqual(
      expect.arrayContaining(['online_submission_rate', 'self_service_rate']),
    )
    write(
      cwd,
      'payment.csv',
      csv([
        ['Mã hồ sơ', 'Lệ phí'],
        [codeOf(1), '5000'],
      ]),
    )
    expect((await run(['ingest', 'payment.csv'], { cwd })).stderr).not.toContain('earlier files')
  })
})
