import type { Definitions } from '../definitions/load.js'
import type { Kind } from '../definitions/schema.js'
import { nearest } from '../errors.js'
import { headerKey } from '../language/fold.js'

/** What an unknown header seems to say: a column of a kind, by the alias of it that is most alike. */
export interface Meaning {
  kind: Kind
  column: string
  alias: string
  /** Above 0, at most 1. */
  score: number
}

const LIKE = 0.5
const STOP = new Set(['cua', 'va', 'theo', 'cac', 'cho', 'tai', 'the', 'of', 'and'])
/** Words without which two headers are about different things: the day of something is not the thing, nor is its code. */
const MARKS = [new Set(['ngay', 'han', 'date', 'time']), new Set(['ma', 'code'])]

interface Name {
  column: string
  alias: string
  key: string
  words: string[]
  marks: boolean[]
}

/** What headers are held against, made once. */
interface Vocabulary {
  words: (header: string) => string[]
  names: Map<Kind, Name[]>
  /** How many columns of a kind use a word. */
  uses: Map<Kind, Map<string, number>>
}
const vocabularies = new WeakMap<Definitions, Vocabulary>()

function vocabularyOf(definitions: Definitions): Vocabulary {
  let known = vocabularies.get(definitions)
  if (!known) vocabularies.set(definitions, (known = { words: wording(definitions), names: new Map(), uses: new Map() }))
  return known
}

/** Tells the words of a header, without accents, words that mean the same made one. */
function wording({ synonyms }: Definitions): Vocabulary['words'] {
  const plain = (text: string): string[] =>
    text
      .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .map(headerKey)
      .filter((word) => word !== '')
  const same = synonyms.flatMap(([first, ...others]) =>
    others.map((other) => ({ from: ` ${plain(other).join(' ')} `, to: ` ${plain(first!).join(' ')} ` })),
  )
  return (header) => {
    let text = ` ${plain(header).join(' ')} `
    for (const { from, to } of same) if (!text.includes(to)) text = text.replace(from, to)
    return text.split(' ').filter((word) => word !== '' && !STOP.has(word))
  }
}

const marksOf = (words: readonly string[]): boolean[] => MARKS.map((mark) => words.some((word) => mark.has(word)))

function namesOf(kind: Kind, definitions: Definitions): { names: Name[]; uses: Map<string, number> } {
  const vocabulary = vocabularyOf(definitions)
  const [names, uses] = [vocabulary.names.get(kind) ?? [], vocabulary.uses.get(kind) ?? new Map<string, number>()]
  if (vocabulary.names.has(kind)) return { names, uses }
  for (const [column, { type, aliases }] of Object.entries(definitions.kinds[kind].columns)) {
    if (type === 'hash') continue
    const own = aliases.map((alias) => ({ column, alias, key: headerKey(alias), words: vocabulary.words(alias) }))
    for (const word of new Set(own.flatMap(({ words }) => words))) uses.set(word, (uses.get(word) ?? 0) + 1)
    names.push(...own.map((name) => ({ ...name, marks: marksOf(name.words) })))
  }
  vocabulary.names.set(kind, names)
  vocabulary.uses.set(kind, uses)
  return { names, uses }
}

/**
 * The column of these kinds that a header most likely means; null: none. By the words they share, rare ones counting more; a slip of the
 * pen in a longer header is forgiven. `taken`: columns that the file has already.
 */
export function meaningOf(
  header: string,
  kinds: readonly Kind[],
  definitions: Definitions,
  taken: ReadonlySet<string> = new Set(),
): Meaning | null {
  const said = vocabularyOf(definitions).words(header)
  const [key, marks] = [headerKey(header), marksOf(said)]
  let best: Meaning | null = null
  if (said.length === 0) return best
  for (const kind of kinds) {
    const { names, uses } = namesOf(kind, definitions)
    const weight = (list: readonly string[]): number => list.reduce((sum, word) => sum + 1 / (uses.get(word) ?? 1), 0)
    for (const { column, alias, words, marks: meant, key: other } of names) {
      if (taken.has(column) || marks.some((mark, i) => mark !== meant[i])) continue
      const common = said.filter((word) => words.includes(word))
      const isOneOfMany = common.length < 2 && Math.max(said.length, words.length) > 2
      const alike = common.length === 0 || isOneOfMany ? 0 : (2 * weight(common)) / (weight(said) + weight(words))
      const score = alike >= LIKE ? Math.min(alike, 1) : isSlip(key, other) ? LIKE : 0
      if (score > (best?.score ?? 0)) best = { kind, column, alias, score }
    }
  }
  return best
}

/** Whether two keys differ by a letter or two that one may mistype. */
function isSlip(key: string, alias: string): boolean {
  if (Math.min(key.length, alias.length) < 6 || Math.abs(key.length - alias.length) > 1 || key[0] !== alias[0]) return false
  return nearest(key, [alias], key.length >= 12 ? 2 : 1).length > 0
}
