import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { EXIT } from '../src/errors.js'
import { cleanEnvironment, PROGRAM, ROOT, SAMPLES, tempFolder } from './support/program.js'

const path = join(ROOT, 'README.md')
const isUpdate = process.env.GOLDEN === 'update'
const scratch = tempFolder()
const work = join(scratch, 'small-province')
let text = readFileSync(path, 'utf8')

beforeAll(() => {
  cpSync(join(SAMPLES, 'small-province'), work, { recursive: true })
  const program = join(scratch, 'bin', 'cchc')
  mkdirSync(dirname(program))
  writeFileSync(program, `#!/bin/sh\nexec "${process.execPath}" "${PROGRAM}" "$@"\n`)
  chmodSync(program, 0o755)
})

afterAll(() => {
  if (isUpdate) writeFileSync(path, text)
})

describe('the README', () => {
  it('shows what its commands print, with the files that it shows', () => {
    const shown = [...text.matchAll(/^```(\w+)(?: (\S+))?\n([\s\S]*?)^```$/gm)]
    for (const [block, language, file, body = ''] of shown) {
      if (file) {
        mkdirSync(dirname(join(work, file)), { recursive: true })
        writeFileSync(join(work, file), body)
      } else if (language === 'console') {
        const commands = body.split('\n').filter((line) => line.startsWith('$ '))
        const actual = commands.map((line) => `${line}\n${run(line.slice(2))}`).join('')
        if (isUpdate) text = text.replace(block, () => `\`\`\`console\n${actual}\`\`\``)
        else expect(body).toBe(actual)
      }
    }
    expect(shown.filter(([, language]) => language === 'console').length).toBeGreaterThan(1)
  })

  it('has the table of the metrics as they are defined', () => {
    const { metrics } = JSON.parse(run('cchc metrics --format json', ROOT)) as { metrics: Metric[] }
    const table = `<!-- metrics -->\n\n${metricTable(metrics)}\n\n<!-- /metrics -->`
    const between = /<!-- metrics -->[\s\S]*<!-- \/metrics -->/
    if (isUpdate) text = text.replace(between, () => table)
    expect(between.exec(text)?.[0], 'GOLDEN=update rewrites it').toBe(table)
  })

  it('names every command, every environment variable and every exit status', () => {
    const commands = [...run('cchc --help').matchAll(/^ {2}(\w+)(?= .*(\[options\]|<file))/gm)].map(([, name]) => name!)
    expect(commands.length).toBeGreaterThan(5)
    expect(commands.filter((name) => !new RegExp(`\`${name}[ \`]|cchc ${name}`).test(text))).toEqual([])
    expect(Object.values(EXIT).filter((status) => !new RegExp(`^\\| +${status} \\|`, 'm').test(text))).toEqual([])
    const settings = JSON.parse(run('cchc config --format json')) as { settings: object }
    expect(Object.keys(settings.settings)).toContain('policy')
    for (const variable of ['CCHC_DB', 'CCHC_CONFIG', 'CCHC_LANG', 'CCHC_MEMORY', 'NO_COLOR']) expect(text).toContain(`\`${variable}\``)
  })

  it('is short enough to be read, and links to nothing that is gone', () => {
    expect(text.split('\n').length).toBeLessThan(290)
    const links = [...text.matchAll(/\]\(([^#)]+)\)/g)].map(([, link]) => link!)
    for (const link of links) expect(() => readFileSync(join(ROOT, link)), link).not.toThrow()
  })
})

interface Metric {
  id: string
  definition: { vi: string; en: string }
  population?: string
  numerator?: { population: string }[]
  denominator?: { population: string }[]
  direction: 'higher' | 'lower'
}

/** As prettier lays a table out. */
function metricTable(metrics: Metric[]): string {
  const rows = metrics.map(({ id, definition, population, direction }) => [
    `\`${id}\``,
    definition.en,
    population ?? 'several',
    direction === 'higher' ? '≥' : '≤',
  ])
  const header = ['id', 'numerator / denominator', 'who counts', '']
  const widths = header.map((cell, i) => Math.max(3, ...[header, ...rows].map((row) => row[i]!.length)))
  const line = (cells: string[]): string => `| ${cells.map((cell, i) => cell.padEnd(widths[i]!)).join(' | ')} |`
  return [line(header), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...rows.map(line)].join('\n')
}

/** What a person sees of a shell command in the small province: both streams, in their order. */
function run(command: string, cwd = work): string {
  const { stdout, error } = spawnSync('sh', ['-c', `{ ${command}; } 2>&1`], {
    cwd,
    encoding: 'utf8',
    env: cleanEnvironment({ PATH: `${join(scratch, 'bin')}:${process.env.PATH}`, COLUMNS: '100' }),
  })
  if (error) throw error
  return stdout.replaceAll(`${work}/`, '')
}
