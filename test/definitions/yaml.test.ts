import { describe, expect, it } from 'vitest'

import { ToolError } from '../../src/errors.js'
import * as schema from '../../src/definitions/schema.js'
import { readYaml } from '../../src/definitions/yaml.js'
import type { ZodType } from 'zod'

function problemOf(text: string, format: ZodType): ToolError {
  try {
    readYaml(text, 'metrics.yaml', format)
  } catch (error) {
    if (error instanceof ToolError) return error
    throw error
  }
  throw new Error('it was accepted')
}

const METRIC = `own_rate:
  label: { vi: A, en: B }
  short: { vi: A, en: B }
  definition: { vi: A, en: B }
  population: received
  counts: channel = 'online'
  direction: higher
  source: plan
`

describe('a definition file', () => {
  it('is read with its defaults filled in', () => {
    expect(readYaml(METRIC, 'metrics.yaml', schema.metricsFile).own_rate).toMatchObject({ needs: [], unit: 'percent' })
    expect(readYaml('', 'metrics.yaml', schema.metricsFile)).toEqual({})
  })

  it.each([
    ['an unknown key', METRIC.replace('counts:', 'count:'), 6, 3, 'own_rate'],
    ['a wrong type', METRIC.replace('population: received', 'population: [received]'), 5, 3, 'own_rate.population'],
    ['a word that is not one of the choices', METRIC.replace('higher', 'up'), 7, 3, 'own_rate.direction'],
    ['a missing field', METRIC.replace('  source: plan\n', ''), 1, 1, 'own_rate.source'],
    ['a missing language', METRIC.replace('label: { vi: A, en: B }', 'label: { vi: A }'), 2, 3, 'own_rate.label.en'],
    ['an id that is not one', METRIC.replace('own_rate', 'Own Rate'), 1, 1, 'Own Rate'],
    ['nothing that is counted', METRIC.replace("  counts: channel = 'online'\n", ''), 1, 1, 'own_rate'],
  ])('with %s is refused at its line and column', (_, text, line, column, path) => {
    const problem = problemOf(text, schema.metricsFile)
    expect(problem).toMatchObject({ code: 'invalid_definition', exitStatus: 3, place: { file: 'metrics.yaml', line, column } })
    expect(problem.message).toContain(path)
  })

  it.each([
    ['own_rate:\n  label: { vi: A\n', 3],
    ['a: 1\n  b: 2\n', 2],
    ['a: 1\na: 2\n', 2],
    ['\tlabel: x\n', 1],
    ['a: "open\n', 2],
  ])('that is not YAML is refused where it stops being so: %j', (text, line) => {
    const problem = problemOf(text, schema.metricsFile)
    expect(problem.message).toContain('not valid YAML')
    expect([problem.place?.file, Math.abs(problem.place!.line! - line) <= 1, Number(problem.place!.column) >= 1]).toEqual([
      'metrics.yaml',
      true,
      true,
    ])
  })

  it('that is a list or a single word is refused and not misread', () => {
    expect(problemOf('- a\n- b\n', schema.metricsFile)).toMatchObject({ place: { line: 1, column: 1 } })
    expect(problemOf('hello\n', schema.project)).toMatchObject({ place: { line: 1, column: 1 } })
  })

  it('may not expand without end', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'.split('').map((id, i) => `${id}: &${id} [${Array(9).fill(`*${'abcdefgh'[i]}`).join(', ')}]`),
    ]
    expect(() => readYaml(bomb.join('\n'), 'x.yaml', schema.project)).toThrow(ToolError)
  })

  it('that refers to what it does not have is refused, not a fault of ours', () => {
    expect(problemOf('name: *nobody\n', schema.project)).toMatchObject({ code: 'invalid_definition', place: { line: 1 } })
  })

  it('may not reach into the program by its keys', () => {
    expect(problemOf('__proto__: { lang: vi }\n', schema.project).code).toBe('invalid_definition')
    expect(({} as Record<string, unknown>).lang).toBeUndefined()
  })
})
