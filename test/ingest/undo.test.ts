import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { ingestFiles } from '../../src/ingest/ingest.js'
import { undoLoad } from '../../src/ingest/undo.js'
import { verifyLoads } from '../../src/ingest/verify.js'
import { Store } from '../../src/store/store.js'
import { render } from '../../src/messages/message.js'
import { definitions, dossier, HEADER, LOAD } from '../support/facts.js'
import { csv, run, SAMPLES, succeed, tempFolder, write } from '../support/program.js'
import { property } from '../support/property.js'

const TABLES = ['load', 'load_source', 'rejected_row', 'dossier_version', 'survey_answer_version', 'unit_version', 'target_version']

async function contents(store: Store): Promise<Record<string, unknown>> {
  const tables: Record<string, unknown> = {}
  for (const table of TABLES) tables[table] = await store.rows(`SELECT * FROM ${table} ORDER BY ALL`)
  return tables
}

/** The same, loads by their order: what stores say that were filled alike. */
async function numbered(store: Store): Promise<Record<string, unknown[]>> {
  const order = new Map(
    (await store.rows<{ load_id: number }>('SELECT load_id FROM load ORDER BY load_id')).map((one, i) => [one.load_id, i]),
  )
  const tables: Record<string, unknown[]> = {}
  for (const table of [...TABLES, 'unchanged_fact']) {
    const rows = await store.rows<Record<string, unknown>>(`SELECT * FROM ${table}`)
    const named = rows.map((row) =>
      Object.fromEntries(
        Object.entries(row)
          .filter(([key]) => key !== 'kept_results')
          .map(([key, value]) => [key, /load_id|said_by/.test(key) ? (order.get(value as number) ?? value) : value]),
      ),
    )
    tables[table] = named.map((row) => JSON.stringify(row)).sort()
  }
  return tables
}

async function isSound(store: Store): Promise<boolean> {
  return (await verifyLoads(store)).every(({ faults }) => faults.length === 0)
}

/* A few dossiers, some rows unreadable, with or without an update time and a column: they replace, merge and lose in all ways. */
const anExport = fc.record({
  rows: fc.array(
    fc.record({ serial: fc.integer({ min: 1, max: 5 }), day: fc.integer({ min: 10, max: 14 }), bad: fc.integer({ min: 0, max: 8 }) }),
    { minLength: 1, maxLength: 6 },
  ),
  without: fc.constantFrom('', 'Cập nhật lần cuối', 'Hình thức nộp'),
})

function textOf({ rows, without }: { rows: { serial: number; day: number; bad: number }[]; without: string }): string {
  const all = [
    HEADER,
    ...rows.map(({ serial, day, bad }) =>
      dossier(serial, {
        'Cập nhật lần cuối': `${day}/05/2024 16:00:00`,
        'Hình thức nộp': bad === 0 ? 'Bồ câu' : day % 2 ? 'Trực tuyến' : 'Trực tiếp',
      }),
    ),
  ]
  const kept = HEADER.map((name) => name !== without)
  return csv(all.map((cells) => cells.filter((_, i) => kept[i])))
}

describe('taking a load back', () => {
  test('gives the store as it was before, load after load, and loading again gives what it was with them', async () => {
    const folder = tempFolder()
    let runs = 0
    await fc.assert(
      fc.asyncProperty(fc.array(anExport, { minLength: 1, maxLength: 4 }), async (exports) => {
        const store = await Store.open(join(folder, `${++runs}.duckdb`))
        const states = [await contents(store)]
        const ids: number[] = []
        for (const [i, one] of exports.entries()) {
          const file = write(folder, `${i}.csv`, textOf(one))
          const [{ loadId, error }] = (await ingestFiles(store, [file], await definitions(), LOAD)) as [never]
          expect(error).toBe(null)
          if (loadId === null) continue
          ids.push(loadId)
          states.push(await contents(store))
        }
        expect(await isSound(store)).toBe(true)
        for (const id of ids.toReversed()) {
          expect(await contents(store)).toEqual(states.pop())
          await undoLoad(store, id)
          expect(await isSound(store)).toBe(true)
        }
        expect(await contents(store)).toEqual(states.pop())
        store.close()
      }),
      property(6),
    )
  }, 120_000)

  test('that is not the last leaves what would be there without it: facts, versions and sums', async () => {
    const folder = tempFolder()
    await fc.assert(
      fc.asyncProperty(fc.array(anExport, { minLength: 2, maxLength: 5 }), fc.nat(), async (exports, which) => {
        const files = exports.map((one, i) => write(folder, `${i}.csv`, textOf(one)))
        const store = await Store.inMemory()
        const ids: (number | null)[] = []
        for (const file of files) ids.push((await ingestFiles(store, [file], await definitions(), LOAD))[0]!.loadId)
        const known = ids.flatMap((id, i) => (id === null ? [] : [{ id, file: files[i]! }]))
        const { id } = known[which % known.length]!
        await undoLoad(store, id)
        expect(await isSound(store)).toBe(true)
        const other = await Store.inMemory()
        for (const one of known) if (one.id !== id) await ingestFiles(other, [one.file], await definitions(), LOAD)
        expect(await numbered(store)).toEqual(await numbered(other))
        store.close()
        other.close()
      }),
      property(10),
    )
  }, 120_000)

  test.each([
    ['targets', 'Chỉ tiêu,Kế hoạch,Nguồn', (n: number) => `on_time_rate,${90 + n} %,QĐ ${n}\nonline_submission_rate,${70 + (n % 2)} %,QĐ`],
    ['units', 'Mã đơn vị,Tên đơn vị,Loại', (n: number) => `A1,Sở Y tế,Sở\nA2,Sở ${n % 2 ? 'Nội vụ' : 'Tư pháp'},Sở\nB${n},Sở ${n},Sở`],
    [
      'survey',
      'Mã phiếu,Ngày khảo sát,Mức độ hài lòng',
      (n: number) => `P1,01/05/2024,5\nP2,01/05/2024,${1 + (n % 3)}\nQ${n},01/05/2024,1`,
    ],
  ])('of %s that is not the last leaves what would be there without it', async (_, header, rows) => {
    for (let gone = 0; gone < 4; gone++) {
      const folder = tempFolder()
      const files = [0, 1, 2, 4].map((n) => write(folder, `${n}.csv`, `${header}\n${rows(n)}\n`))
      const [store, other] = [await Store.inMemory(), await Store.inMemory()]
      for (const file of files) expect((await ingestFiles(store, [file], await definitions(), LOAD))[0]!.error).toBe(null)
      await undoLoad(store, gone + 1)
      expect(await isSound(store)).toBe(true)
      for (const [i, file] of files.entries()) if (i !== gone) await ingestFiles(other, [file], await definitions(), LOAD)
      const facts = (tables: Record<string, unknown>): unknown => ({ ...tables, load: null, load_source: null })
      expect(facts(await numbered(store))).toEqual(facts(await numbered(other)))
      store.close()
      other.close()
    }
  })

  test('is possible below later loads that spoke of the same dossiers, and refused where they were loaded before that was kept', async () => {
    const cwd = tempFolder()
    write(cwd, 'a.csv', csv([HEADER, dossier(1), dossier(2)]))
    write(cwd, 'b.csv', csv([HEADER, dossier(3)]))
    write(cwd, 'c.csv', csv([HEADER, dossier(2, { 'Cập nhật lần cuối': '20/05/2024 16:00:00' }), dossier(3)]))
    for (const file of ['a.csv', 'b.csv', 'c.csv']) await succeed(['ingest', file], { cwd })
    const open = async (use: (store: Store) => Promise<void>): Promise<void> => {
      const store = await Store.open(join(cwd, 'cchc.duckdb'))
      await use(store).finally(() => store.close())
    }
    await open((store) => store.run('UPDATE load SET unchanged_facts = NULL WHERE load_id = 3'))
    expect(await run(['loads', 'undo', '2'], { cwd })).toMatchObject({
      status: 3,
      stdout: '',
      stderr: expect.stringMatching(/load 3 found 1 unchanged[\s\S]*\(3\), then 2/),
    })
    await open((store) => store.run('UPDATE load SET unchanged_facts = 1 WHERE load_id = 3'))
    expect(await succeed(['loads', 'undo', '2'], { cwd })).toMatch(/load 2 was taken back/)
    await succeed(['loads', 'undo', '1'], { cwd })
    expect(await succeed(['loads', '--format', 'csv'], { cwd })).toMatch(/^load_id.*\r?\n3,dossiers,/)
    await open(async (store) => expect(await store.rows('SELECT code FROM dossier ORDER BY code')).toHaveLength(2))
    expect(await succeed(['ingest', 'a.csv'], { cwd })).toMatch(/2 read/)
  })

  test('leaves what later exports of few columns said', async () => {
    const cwd = tempFolder()
    write(cwd, 'a.csv', 'Mã hồ sơ,Ngày tiếp nhận,Trạng thái\n1,01/09/2025,Đang xử lý\n')
    write(cwd, 'b.csv', 'Mã hồ sơ,Phí\n1,5000\n2,6000\n')
    for (const file of ['a.csv', 'b.csv']) await succeed(['ingest', file], { cwd })
    await succeed(['loads', 'undo', '1', '--yes'], { cwd })
    const store = await Store.open(join(cwd, 'cchc.duckdb'), { readOnly: true })
    expect(await store.rows('SELECT code, fee, received_at, is_merged FROM dossier ORDER BY code')).toEqual([
      { code: '1', fee: 5000, received_at: null, is_merged: false },
      { code: '2', fee: 6000, received_at: null, is_merged: false },
    ])
    store.close()
  })

  test('needs the number of a load that is there', async () => {
    const cwd = tempFolder()
    write(cwd, 'a.csv', csv([HEADER, dossier(1)]))
    await succeed(['ingest', 'a.csv'], { cwd })
    for (const args of [['undo'], ['undo', '7'], ['undo', 'last']]) expect((await run(['loads', ...args], { cwd })).status).toBe(2)
  })
})

describe('checking the loads', () => {
  test('says which files are as they were, and finds sums that do not add up', async () => {
    const cwd = tempFolder()
    for (const name of ['a', 'b', 'c']) write(cwd, `${name}.csv`, csv([HEADER, dossier(name.charCodeAt(0))]))
    await succeed(['ingest', 'a.csv', 'b.csv', 'c.csv'], { cwd })
    write(cwd, 'b.csv', csv([HEADER, dossier(9)]))
    const { status, stdout } = await run(['loads', 'verify'], { cwd })
    expect([status, stdout]).toEqual([6, expect.stringMatching(/1 {2}same +right +a\.csv\n +2 {2}changed +right +b\.csv\n +3 {2}same/)])
    const store = await Store.open(join(cwd, 'cchc.duckdb'))
    await store.run('UPDATE load SET loaded = 5 WHERE load_id = 3')
    expect((await verifyLoads(store))[2]!.faults.map((fault) => render(fault, 'en'))).toEqual([
      'read: the ledger says 1, there are 5',
      'loaded: the ledger says 5, there are 1',
    ])
    store.close()
    expect((await run(['loads', 'verify'], { cwd })).status).toBe(1)
  })

  test.each([
    ['DELETE FROM survey_answer_version WHERE rowid = 7', /^facts: /],
    ['DELETE FROM unit_version WHERE rowid = 3', /^facts: /],
    ['UPDATE target_version SET ended_load_id = load_id WHERE rowid = 0', /^loaded: .*superseded: /],
    ['DELETE FROM rejected_row WHERE rowid = 0', /^rejected: /],
    ['UPDATE dossier_version SET ended_load_id = NULL WHERE ended_load_id <> load_id', /current twice/],
    ['UPDATE dossier_version SET ended_load_id = 1 WHERE load_id > 1 AND rowid % 9 = 1 AND ended_load_id IS NULL', /no newer state/],
    ['DELETE FROM load WHERE load_id = 2', /rows of no load/],
    ['DELETE FROM load_source WHERE load_id = 2', /1 load without a file/],
  ])('finds what is wrong after %s', async (damage, fault) => {
    const db = join(tempFolder(), 's.duckdb')
    copyFileSync(await (sound ??= makeSound()), db)
    const store = await Store.open(db)
    await store.run(damage)
    expect((await verifyLoads(store)).flatMap(({ faults }) => faults.map((one) => render(one, 'en'))).join('; ')).toMatch(fault)
    store.close()
  })

  let sound: Promise<string> | undefined
  /** Every kind of fact, some replaced, some rows rejected. */
  async function makeSound(): Promise<string> {
    const folder = tempFolder()
    const store = await Store.open(join(folder, 's.duckdb'))
    const changed = write(folder, 'b.csv', csv([HEADER, dossier(1, { 'Cập nhật lần cuối': '20/05/2024 16:00:00' }), dossier(3)]))
    const bad = write(folder, 'a.csv', csv([HEADER, dossier(1), dossier(2), dossier(4, { 'Ngày hẹn trả': '31/02/2024' })]))
    const samples = ['units.csv', 'plan.csv', 'survey-2024.csv', 'kiosk-2025.csv', 'dossiers-2025.csv']
    const files = [...samples.map((name) => join(SAMPLES, 'small-province', name)), bad, changed]
    for (const file of files) await ingestFiles(store, [file], await definitions(), LOAD)
    expect(await isSound(store)).toBe(true)
    store.close()
    return store.path
  }
})
