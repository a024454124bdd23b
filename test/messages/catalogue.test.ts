import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

import { CATALOGUE } from '../../src/messages/catalogue.js'
import { ROOT } from '../support/program.js'

const MESSAGES = Object.entries(CATALOGUE).flatMap(([room, texts]) =>
  Object.entries(texts).map(([name, text]) => ({ key: `${room}.${name}`, ...(text as { vi: string; en: string }) })),
)
const SOURCES = readdirSync(join(ROOT, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && name !== 'build.ts')
  .map((name) => ({ name, text: readFileSync(join(ROOT, 'src', name), 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '') }))

/** Those that are shown: what only chooses a plural has no place in Vietnamese. */
const places = (text: string): string[] => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!))].sort()
/** What people read of a text: without places, what is quoted, and what is typed: options, keys of definitions, formats. */
const words = (text: string): string =>
  text
    .replace(/\{\w+(\|[^}]*)?\}/g, ' ')
    .replace(
      /"[^"]*"|--[\w-]+( \w+)?|cchc( \w+)?|[\w./]*\w+\.\w{2,}\b|dist\/\S+|\.\w+|\b[a-z_+]+ \([^)]*\)|\([a-z]+\)|unit\+month|\w+_\w+|\b[A-Z]{2,}\b/g,
      ' ',
    )
    .replace(/\b(header|position|column|is|matches|only|counts|timeliness|population|numerator|denominator|indicator)\b(?=[ ,;:]|$)/g, ' ')

describe('every message', () => {
  test('has the same places in both languages', () => {
    for (const { key, vi, en } of MESSAGES) expect(places(vi), key).toEqual(places(en))
  })

  test('is written in Vietnamese, with its letters, where it has words at all', () => {
    const VIETNAMESE = /[àáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵđ]/i
    const SAME =
      /^(usage\.(example|see_help\w*)|help\.(format|period\w*)|ingest\.(reason\w*|sum_is|column_says|write_percent)|definitions\.(at|vi_or_en|a_boolean)|reading\.needs_of_kind)$/
    const plain = MESSAGES.filter(({ key, vi, en }) => /\p{L}{2}/u.test(words(en)) && !VIETNAMESE.test(words(vi)) && !SAME.test(key))
    expect(plain.map(({ key, vi }) => `${key}: ${vi}`)).toEqual([])
  })

  test('has no English word left in Vietnamese', () => {
    const english = /\b(the|is|are|not|of|and|with|file|line|row|column|unit|load|sheet|header|dossiers?|there|that|this|for|from)\b/i
    const left = MESSAGES.filter(({ vi }) => english.test(words(vi)))
    expect(left.map(({ key, vi }) => `${key}: ${vi}`)).toEqual([])
  })

  test('is said by the program', () => {
    const all = SOURCES.filter(({ name }) => !name.startsWith('messages/'))
      .map(({ text }) => text)
      .join('\n')
    const made = [...all.matchAll(/`(\w+\.\w*)\$\{[^}]*\}+(\w*)`/g)].map(([, start, end]) => [start!, end!] as const)
    const isSaid = (key: string): boolean =>
      all.includes(`'${key}'`) || made.some(([start, end]) => key.startsWith(start) && key.endsWith(end))
    expect(MESSAGES.map(({ key }) => key).filter((key) => !isSaid(key))).toEqual([])
  })
})

/** Texts of code that look like sentences: three plain words in a row. */
test('no sentence for people stands in the code outside the catalogue', () => {
  const house =
    /^(messages|language\/words)\/|^(report\/schema|definitions\/(schema|form-schema|outline|sentences)|language\/syllable|measure\/condition\/functions)\.ts$/
  const isSentence = (said: string): boolean => /(^|[ (])[a-z’]{2,} [a-z’]{2,} [a-z’]{2,}/.test(said.replace(/\$\{[^}]*\}/g, '…'))
  const isOther = (said: string): boolean => said.startsWith('cchc ') || /\b(SELECT|FROM|WHERE|CASE|CAST|CREATE|WHEN)\b/.test(said)
  /** What the ledger calls rows that were skipped, and errors of ours. */
  const known = ['known by its code', 'skipped by layout', '${value} does not fit a number', 'a name can not have a NUL']
  const found = SOURCES.filter(({ name }) => !house.test(name)).flatMap(({ name, text }) =>
    [...text.matchAll(/'([^'\n]*)'|"([^"\n]*)"|`([^`]*)`/g)]
      .map(([, a, b, c]) => a ?? b ?? c ?? '')
      .filter((said) => isSentence(said) && !isOther(said) && !known.includes(said))
      .map((said) => `${name}: ${said.slice(0, 120)}`),
  )
  expect(found).toEqual([])
})
