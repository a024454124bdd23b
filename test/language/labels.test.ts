import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

import { label, labelsOf, type LabelKey } from '../../src/language/labels.js'
import { definitions } from '../support/facts.js'
import { ROOT } from '../support/program.js'

const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort()

test('every word is there in both languages, with the same places to fill', () => {
  const [vi, en] = [labelsOf('vi'), labelsOf('en')]
  expect(Object.keys(en)).toEqual(Object.keys(vi))
  for (const [key, text] of Object.entries(vi)) expect(places(en[key]!), key).toEqual(places(text))
})

test('no word of one language is missing where the other has one', () => {
  const [vi, en] = [labelsOf('vi'), labelsOf('en')]
  for (const key of Object.keys(vi)) expect(en[key] === '', key).toBe(vi[key] === '')
})

test('a label is filled, and leaves no place open', () => {
  for (const language of ['vi', 'en'] as const) {
    for (const [key, text] of Object.entries(labelsOf(language))) {
      const filled = label(language, key as LabelKey, Object.fromEntries(places(text).map((name) => [name, 'x'])))
      expect(filled, key).toBe(text.replace(/\{\w+\|[^|{}]*\|([^|{}]*)\}/g, '$1').replace(/\{\w+\}/g, 'x'))
    }
  }
})

test('metrics, columns and layouts have their words in both languages', async () => {
  const { metrics, kinds, layouts } = await definitions()
  const labels = [
    ...[...metrics.values()].flatMap(({ label: long, short, definition }) => [long, short, definition]),
    ...Object.values(kinds).flatMap(({ label: kind, columns }) => [
      kind,
      ...Object.values(columns).flatMap((column) => column.label ?? []),
    ]),
    ...layouts.map((layout) => layout.label),
  ]
  for (const one of labels)
    expect(
      [one?.vi, one?.en].every((text) => text?.trim()),
      JSON.stringify(one),
    ).toBe(true)
})

test('every reason to reject a row has its words', () => {
  const folders = ['reading', 'ingest'].map((name) => `${ROOT}/src/${name}`)
  const sources = folders.flatMap((folder) => readdirSync(folder).map((name) => readFileSync(`${folder}/${name}`, 'utf8')))
  const reasons = new Set(
    sources.flatMap((text) => [...text.matchAll(/(?:reason: (?:\w+ === null \? )?|\|\| )'([a-z]+(?:_[a-z]+)+)'/g)].map(([, one]) => one!)),
  )
  expect(reasons.size).toBeGreaterThan(12)
  for (const reason of reasons) expect(Object.keys(labelsOf('vi')), reason).toContain(`reason_${reason}`)
})

test('no word is said twice: a later file of words would silently win', () => {
  const folder = `${ROOT}/src/language/words`
  const keys = readdirSync(folder).flatMap((name) =>
    [...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/^ {2}(\w+): \{/gm)].map(([, key]) => key!),
  )
  expect(keys.length).toBe(Object.keys(labelsOf('vi')).length)
})
