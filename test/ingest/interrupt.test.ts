import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'

import { bigExport } from '../support/big-export.js'
import { dossier, HEADER } from '../support/facts.js'
import { csv, finish, run, start, storeRows, succeed, tempFolder, write } from '../support/program.js'

describe('an interrupt', () => {
  test.each([
    ['en', 'interrupted; nothing of what was under way is kept'],
    ['vi', 'đã ngắt; việc đang làm không để lại gì trong kho'],
  ])('says in %s which files were loaded before it, and that nothing of the others is kept', async (lang, said) => {
    const cwd = tempFolder()
    for (const [i, name] of ['a.csv', 'b.csv', 'c.csv'].entries()) write(cwd, name, csv([HEADER, dossier(i + 1)]))
    const args = ['ingest', 'a.csv', 'b.csv', 'c.csv', '--lang', lang]
    const { status, stdout, stderr } = await run(args, { cwd, stopAt: '2/3' })
    expect(status).toBe(130)
    expect(stdout).toMatch(/✓ a\.csv[^]*✗ b\.csv[^]*✗ c\.csv/)
    expect(stderr).toContain(`b.csv: ${said}`)
    expect(stderr).toContain(`c.csv: ${said}`)
    expect(await storeRows(join(cwd, 'cchc.duckdb'), 'SELECT file FROM load_source')).toEqual([{ file: 'a.csv' }])
    expect(readdirSync(cwd).sort()).toEqual(['a.csv', 'b.csv', 'c.csv', 'cchc.duckdb'])
    const again = await run(args, { cwd })
    expect([again.status, await storeRows(join(cwd, 'cchc.duckdb'), 'SELECT count(*) AS n FROM dossier')]).toEqual([0, [{ n: 3 }]])
  })

  describe('of a process', () => {
    let file: string
    beforeAll(() => void ({ file } = bigExport(tempFolder())))

    test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('by %s ends it with 130, and leaves no files beside the store', async (signal) => {
      const cwd = tempFolder()
      const child = start(['ingest', '--format', 'json', file], { cwd })
      const ending = finish(child)
      while (child.exitCode === null && !readdirSync(cwd).some((name) => name.includes('.stage'))) await sleep(5)
      child.kill(signal)
      const { status, stderr } = await ending
      expect([status, stderr]).toEqual([130, expect.stringContaining('"code":"interrupted"')])
      expect(readdirSync(cwd)).toEqual(['cchc.duckdb'])
      expect(await storeRows(join(cwd, 'cchc.duckdb'), 'SELECT count(*) AS n FROM dossier')).toEqual([{ n: 0 }])
      await succeed(['ingest', write(cwd, 'a.csv', csv([HEADER, dossier(1)]))], { cwd })
    })
  })
})
