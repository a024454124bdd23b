import type { Definitions } from '../definitions/load.js'
import { VERSION } from '../version.js'
import { clean, fold, headerKey } from '../language/fold.js'
import { maskPersonal } from '../language/personal.js'
import type { Mapping } from '../reading/header.js'
import { readRows } from '../reading/rows.js'
import type { Sniffed } from '../reading/sniff.js'
import { scoreReader } from './score.js'
import { listed, render, say, type Language, type Message } from '../messages/message.js'

/** Words of one vocabulary that a file writes and nothing knows, with how often, the most frequent first. */
export interface UnknownWords {
  vocabulary: string
  /** The headers of the columns they stand in. */
  headers: string[]
  words: { text: string; n: number }[]
}

/** Distinct words that are kept of a column, so that a free text in the wrong column costs little. */
const MOST = 2_000

/** What the vocabularies lack to read a whole file. Errors: as in reading it. */
export async function findUnknownWords(sniffed: Sniffed, mapping: Mapping, definitions: Definitions): Promise<UnknownWords[]> {
  const score = scoreReader(definitions)
  const columns = [
    ...mapping.columns.map(({ id, header, index }) => ({ id, header, index })),
    ...mapping.items.map(({ header, index }) => ({ id: 'score', header, index })),
  ].flatMap(({ id, header, index }) => {
    const vocabulary = vocabularyOf(id, mapping, definitions)
    if (vocabulary === null) return []
    const own = new Set(Object.keys(mapping.layout?.values[id] ?? {}).map(fold))
    const known = new Set(Object.entries(definitions.vocabularies[vocabulary]!).flatMap(([value, labels]) => [value, ...labels].map(fold)))
    const isKnown = (text: string): boolean =>
      own.has(fold(text)) || (vocabulary === 'score' ? score(text) !== undefined : known.has(fold(text)))
    return [{ vocabulary, header, index, isKnown, counts: new Map<string, number>() }]
  })
  await readRows(sniffed, mapping, {
    row: (_, cells) => {
      for (const { index, counts } of columns) {
        const text = cells[index]!
        if (text !== '' && (counts.has(text) || counts.size < MOST)) counts.set(text, (counts.get(text) ?? 0) + 1)
      }
    },
    broken: () => undefined,
  })
  const found = new Map<string, { headers: string[]; words: Map<string, { text: string; n: number }> }>()
  for (const { vocabulary, header, isKnown, counts } of columns) {
    for (const [raw, n] of counts) {
      const text = clean(raw)
      if (text === '' || isKnown(text)) continue
      const of = found.get(vocabulary) ?? { headers: [], words: new Map<string, { text: string; n: number }>() }
      found.set(vocabulary, of)
      if (!of.headers.includes(header)) of.headers.push(header)
      const word = of.words.get(fold(text)) ?? { text: maskPersonal(text), n: 0 }
      word.n += n
      of.words.set(fold(text), word)
    }
  }
  return [...found].map(([vocabulary, { headers, words }]) => ({
    vocabulary,
    headers,
    words: [...words.values()].sort((a, b) => b.n - a.n),
  }))
}

function vocabularyOf(id: string, { kind }: Mapping, definitions: Definitions): string | null {
  const type = definitions.kinds[kind].columns[id]?.type
  if (id === 'factor') return null
  const name = type === 'flag' ? 'flag' : type === 'score' ? 'score' : type === 'choice' ? id : null
  return name !== null && definitions.vocabularies[name] ? name : null
}

/** The only value of a vocabulary that a word says: it is a label of it but for accents and signs, or has one of several words in it. */
export function meaningOf(text: string, vocabulary: Readonly<Record<string, readonly string[]>>): string | null {
  const key = headerKey(text)
  const folded = ` ${fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()} `
  const values = (says: (label: string) => boolean): string[] =>
    Object.entries(vocabulary).flatMap(([value, labels]) => (labels.some(says) ? [value] : []))
  const same = key.length < 4 ? [] : values((label) => headerKey(label) === key)
  if (same.length > 0) return same.length === 1 ? same[0]! : null
  if (/ (không|chưa|ko) /u.test(folded)) return null
  if ('1' in vocabulary && '5' in vocabulary) return null
  const held = values(
    (label) =>
      label.includes(' ') &&
      folded.includes(
        ` ${fold(label)
          .replace(/[^\p{L}\p{N}]+/gu, ' ')
          .trim()} `,
      ),
  )
  return held.length === 1 ? held[0]! : null
}

/** Texts of a draft that have no meaning yet stand under this. */
export const UNFILLED = '?'

/**
 * A draft of `columns.yaml` with the words of a file that are not known: under the value they seem to mean, else under "?", which has to be
 * emptied before it is read.
 */
export function draftVocabulary(
  unknown: readonly UnknownWords[],
  definitions: Definitions,
  file: string,
  language: Language = 'en',
): string {
  const inWords = (message: Message): string => render(message, language)
  const lines = [
    `# cchc ${VERSION}`,
    inWords(say('draft.words_of', { file })),
    inWords(say('draft.put_words')),
    inWords(say('draft.keep_words')),
    'vocabularies:',
  ]
  for (const { vocabulary, headers, words } of unknown) {
    const known = definitions.vocabularies[vocabulary]!
    const values = Object.keys(known)
    const places = new Map<string, UnknownWords['words']>()
    for (const word of words) {
      if (word.text.includes('•••')) continue
      const value = meaningOf(word.text, known) ?? UNFILLED
      places.set(value, [...(places.get(value) ?? []), word])
    }
    if (places.size === 0) continue
    if (vocabulary === 'score')
      lines.push(
        inWords(say('draft.no_answer')),
        `  # no_answer: { ${Object.keys(definitions.vocabularies.no_answer!).join(': [], ')}: [] }`,
      )
    lines.push(
      inWords(say('draft.one_of', { headers: listed(headers.map((header) => header.slice(0, 60))), values: listed(values) })),
      `  ${vocabulary}:`,
    )
    for (const value of [...Object.keys(known), UNFILLED]) {
      const some = places.get(value)
      if (!some) continue
      lines.push(`    ${JSON.stringify(value)}:${value === UNFILLED ? '' : ` # ? ${inWords(say('draft.by_word'))}`}`)
      for (const { text, n } of some) lines.push(`      - ${JSON.stringify(text)} # ${n}`)
    }
  }
  return `${lines.join('\n')}\n`
}
