import { mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { parseIdentity } from '../../src/definitions/form.js'
import { form } from '../../src/definitions/form-schema.js'
import { loadDefinitions } from '../../src/definitions/load.js'
import { readOfficeConditions } from '../../src/measure/predicates.js'
import { ROOT, tempFolder, write } from '../support/program.js'

const definitions = await loadDefinitions()
const FORM = `id: own
title: { vi: Biểu của tỉnh, en: Form of the province }
source: công văn của tỉnh
by: [unit]
columns:
  - number: 3
    headings: { vi: [Tiếp nhận], en: [Received] }
    counts: [{ population: received }]
  - { number: 4, headings: { vi: [Bưu chính], en: [By post] }, needs: [channel], counts: [{ population: received, where: channel = 'postal' }] }
  - { number: 5, headings: { vi: [Kỳ trước], en: [Before] }, indicator: carried_over }
identities: [3 = 4 + 5]
`

/** The forms of an office that has this one. */
async function office(text: string): Promise<Awaited<ReturnType<typeof loadDefinitions>>> {
  const folder = tempFolder()
  mkdirSync(join(folder, 'forms'))
  write(join(folder, 'forms'), 'own.yaml', text)
  return loadDefinitions(folder)
}

describe('the shipped forms', () => {
  it('have indicators that summaries report, each in one column', () => {
    const named = [...definitions.forms.values()].flatMap(({ columns }) => columns.flatMap(({ indicator }) => indicator ?? []))
    expect(named).toEqual([...new Set(named)])
    expect(named.filter((id) => !(id in definitions.kinds.indicators.columns))).toEqual([])
  })

  it('are accepted by the JSON Schema in the package, which is what the program checks', () => {
    const shipped = JSON.parse(readFileSync(join(ROOT, 'dist', 'schemas', 'form.schema.json'), 'utf8')) as Parameters<
      typeof z.fromJSONSchema
    >[0]
    expect(shipped).toEqual(JSON.parse(JSON.stringify(z.toJSONSchema(form, { io: 'input' }))))
    const folder = join(ROOT, 'src', 'definitions', 'forms')
    for (const file of readdirSync(folder))
      expect(z.fromJSONSchema(shipped).safeParse(parse(readFileSync(join(folder, file), 'utf8'))).error?.issues ?? []).toEqual([])
  })
})

describe("an office's form", () => {
  it('is added to the shipped ones, or takes the place of the one of its id', async () => {
    expect([...(await office(FORM)).forms.keys()]).toEqual(['digitisation', 'ii06', 'own'])
    const { forms } = await office(FORM.replace('id: own', 'id: ii06'))
    expect([forms.size, forms.get('ii06')!.title.en, forms.get('ii06')!.file]).toEqual([
      2,
      'Form of the province',
      expect.stringContaining('own.yaml'),
    ])
    expect(parseIdentity(forms.get('ii06')!.identities[0]!)).toEqual({ total: 3, parts: [4, 5] })
  })

  it.each([
    ['two columns of one number', 'number: 4', 'number: 3', 9, /two columns 3/],
    ['the number of a row as a column', 'number: 3', 'number: 2', 6, />=3/],
    ['an indicator that there is not', 'indicator: carried_over', 'indicator: carried', 10, /no indicator "carried"/],
    ['a column that counts nothing', ', indicator: carried_over', '', 10, /column 5 counts nothing/],
    ['an identity with a column that there is not', '3 = 4 + 5', '3 = 4 + 6', 11, /has no column 6/],
    ['an identity that is none', '3 = 4 + 5', '3 = 4 - 5', 11, /write an identity as/],
    ['a column of dossiers that there is not', 'needs: [channel]', 'needs: [chanel]', 9, /"chanel" is not a column/],
    ['headings in one language', 'en: [Received]', 'en: [Received, Total]', 7, /more headings/],
    ['answers', 'population: received }', 'population: answered }', 8, /dossiers, not answers/],
    [
      'a carry-over of another count',
      'identities:',
      'carry_over: { column: 5, of: 3 }\nidentities:',
      11,
      /column 3 of form own does not count pending/,
    ],
    ['a word that nobody knows', 'source:', 'colour: red\nsource:', 3, /colour/],
  ])('with %s is refused, with the line', async (_, from, to, line, message) => {
    const asked = office(FORM.replace(from, to))
    await expect(asked).rejects.toMatchObject({ code: 'invalid_definition', message: expect.stringMatching(message), exitStatus: 3 })
    await expect(asked).rejects.toMatchObject({ place: { file: expect.stringContaining('own.yaml'), line, column: expect.any(Number) } })
  })

  it.each(["colour = 'red'", 'channel = 1) OR (true', '(SELECT true)', "channel = 'pigeon'"])(
    'with the condition %s is refused',
    async (condition) => {
      const own = await office(FORM.replace("channel = 'postal'", JSON.stringify(condition)))
      await expect(readOfficeConditions(own)).rejects.toMatchObject({
        code: 'invalid_definition',
        message: expect.stringMatching(/^form own: the condition/),
      })
    },
  )
})
