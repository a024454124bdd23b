import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { dossier, HEADER, LOAD } from '../support/facts.js'
import { cleanEnvironment, csv, ROOT, tempFolder, write } from '../support/program.js'

/* As it is shipped: large files are scanned by a thread of their own, which there is none of among the sources. */
const { ingestFiles, loadDefinitions, Store, undoLoad } = (await import(
  join(ROOT, 'dist', 'index.js')
)) as typeof import('../../src/index.js')

const ROWS = 4000
/** From so many rows on the engine writes some before the load is done. */
const MANY = 150_000
/** Numbers of persons, one in every tenth row: in a name of a procedure, a status, a day; and a name below a signature. */
const telephone = (i: number): string => `09${String(10_000_000 + i * 7919).slice(0, 8)}`

function exportOf(first: number, count = ROWS): string {
  const rows = Array.from({ length: count }, (_, i) => {
    const planted = i % 10 === 0 && i < ROWS
    const status = planted && i % 20 === 0 ? `gọi ${telephone(first + i)}` : 'Đã trả kết quả'
    const due = planted && i % 30 === 0 ? telephone(first + i) : '10/05/2024 17:00:00'
    const name = planted ? `Cấp bản sao (${telephone(first + i)})` : 'Cấp bản sao trích lục'
    return [...dossier(first + i, { 'Trạng thái': status, 'Ngày hẹn trả': due }), name]
  })
  return csv([[...HEADER, 'Tên TTHC'], ...rows, ['Người lập biểu'], ['Nguyễn Thị Trồng']])
}

/** Planted texts that the bytes of any file of a folder hold, the exports apart. */
function found(folder: string): string[] {
  const planted = new Set(Array.from({ length: 2 * ROWS }, (_, i) => telephone(i)).filter((_, i) => i % 10 === 0))
  const name = Buffer.from('Thị Trồng')
  return readdirSync(folder)
    .filter((one) => !one.endsWith('.csv') || one.includes('.stage.'))
    .flatMap((one) => {
      const bytes = readFileSync(join(folder, one))
      const numbers = (bytes.toString('latin1').match(/09\d{8}/g) ?? []).filter((number) => planted.has(number))
      return [...numbers, ...(bytes.includes(name) ? [name.toString()] : [])].map((text) => `${one}: ${text}`)
    })
}

describe('no byte of a file that is left says who somebody is', () => {
  test.each([
    ['built in memory', false, Infinity],
    ['built in memory, row by row', true, Infinity],
    ['built in a file of its own', false, 0],
    ['built in a file of its own, row by row', true, 0],
  ])('after a first load %s, a later one and taking back', async (_, careful, stageOnDiskAbove) => {
    const folder = tempFolder()
    const files = [write(folder, 'a.csv', exportOf(0, stageOnDiskAbove === 0 ? MANY : ROWS)), write(folder, 'b.csv', exportOf(ROWS))]
    const store = await Store.open(join(folder, 's.duckdb'))
    const options = { ...LOAD, careful, stageOnDiskAbove }
    for (const [i, file] of files.entries()) {
      const [result] = await ingestFiles(store, [file], await loadDefinitions(), options)
      expect([result!.error, result!.counts.rejected, result!.loadId]).toEqual([null, expect.any(Number), i + 1])
      expect(result!.counts.rejected).toBeGreaterThan(100)
      expect(found(folder)).toEqual([])
    }
    expect((await store.rows(`SELECT 1 FROM dossier WHERE procedure_name LIKE '%•••%'`)).length).toBeGreaterThan(100)
    await undoLoad(store, 1)
    store.close()
    expect(found(folder)).toEqual([])
  })

  test('after a process is killed in the middle of a load and the store is opened again, for whatever', async () => {
    const folder = tempFolder()
    const file = write(folder, 'a.csv', exportOf(0).repeat(1) + exportOf(ROWS).split('\n').slice(1).join('\n').repeat(12))
    const db = join(folder, 's.duckdb')
    const store = await Store.open(db)
    store.close()
    const script = `
      const { Store, ingestFiles, loadDefinitions } = await import(${JSON.stringify(join(ROOT, 'dist', 'index.js'))})
      const store = await Store.open(${JSON.stringify(db)})
      await ingestFiles(store, [${JSON.stringify(file)}], await loadDefinitions(), ${JSON.stringify({ ...LOAD, careful: true, stageOnDiskAbove: 0 })})`
    const process_ = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, env: cleanEnvironment(), stdio: 'ignore' })
    const ended = once(process_, 'exit')
    while (process_.exitCode === null && !readdirSync(folder).some((name) => name.includes('.stage')))
      await new Promise((done) => setTimeout(done, 2))
    process_.kill('SIGKILL')
    await ended
    for (const name of readdirSync(folder).filter((one) => one.includes('.stage.') && one.endsWith('.csv')))
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    if (existsSync(db)) (await Store.open(db, { readOnly: true })).close()
    expect(readdirSync(folder).filter((name) => name.includes('.stage'))).toEqual([])
    writeFileSync(join(folder, 'note.csv'), '')
    expect(found(folder)).toEqual([])
  })
})
