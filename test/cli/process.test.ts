import { readdirSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'

import { COMMANDS } from '../../src/commands/commands.js'
import { SAMPLES, run, runProgram, succeed, tempFolder } from '../support/program.js'

const province = join(SAMPLES, 'small-province')
/** A call of each command that does its work. */
const CALLS: Record<string, string[]> = {
  inspect: ['inspect', join(province, 'survey-2024.csv')],
  ingest: ['ingest', join(province, 'plan.csv')],
  report: ['report', '--by', 'level'],
  form: ['form', 'ii06', '--period', '2024-09'],
  check: ['check', '--period', '2024-09'],
  metrics: ['metrics'],
  targets: ['targets', '--format', 'json'],
  units: ['units', '--format', 'csv'],
  indicators: ['indicators'],
  loads: ['loads', 'verify'],
  config: ['config'],
}

let cwd: string
beforeAll(async () => {
  cwd = tempFolder()
  const files = readdirSync(province).filter((name) => /^(dossiers-.*|units|plan|survey-2024)\.csv$/.test(name))
  await succeed(['ingest', ...files.map((name) => join(province, name))], { cwd })
})

describe('started as a process, a command says and ends as it does within one', () => {
  test('each of them', () => {
    expect(Object.keys(CALLS).sort()).toEqual(COMMANDS.map(({ name }) => name).sort())
  })

  test.each(Object.values(CALLS))('cchc %s', async (...args) => {
    const env = { COLUMNS: '100' }
    const within = await run(args, { cwd, env })
    expect([0, 4, 6]).toContain(within.status)
    expect(await runProgram(args, { cwd, env })).toEqual(within)
  })

  test.each([[['report', '--period', '2025-13']], [['--help']], [['report', '--help', '--lang', 'vi']], [[]], [['--version']]])(
    'cchc %j',
    async (args) => {
      expect(await runProgram(args, { cwd })).toEqual(await run(args, { cwd }))
    },
  )
})

test('a command closes the store and all else that it opened', async () => {
  const opened = (): string[] =>
    readdirSync('/proc/self/fd').flatMap((name) => {
      try {
        return [readlinkSync(`/proc/self/fd/${name}`)]
      } catch {
        return []
      }
    })
  for (const args of Object.values(CALLS)) {
    await run(args, { cwd })
    expect(opened().filter((file) => file.startsWith(cwd) || file.startsWith(province))).toEqual([])
  }
  await run(['ingest', 'no-such-file.csv', 'cchc.duckdb'], { cwd })
  expect(opened().filter((file) => file.startsWith(cwd))).toEqual([])
})
