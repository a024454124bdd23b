import type { Definitions } from '../definitions/load.js'
import type { Kind } from '../definitions/schema.js'
import { clean, headerKey } from '../language/fold.js'
import type { Mapping } from './header.js'

/** How far the columns of a file make it one of a kind that has all it requires. */
export interface Standing {
  mapping: Mapping
  /** 2: by columns that only this kind has; 1: nothing speaks for another kind; 0: its columns could be of anything. */
  sureness: 0 | 1 | 2
  /** Whether a column that it requires can be no other kind's. */
  isFounded: boolean
  /** Headers that only this kind has. */
  own: string[]
  /** Headers that it can't have. */
  against: string[]
  /** Headers that are neither read by it nor of no consequence. */
  unread: string[]
}

/* Columns of its own from which on a kind outweighs another, and how many times as many: a list of dossiers with a rating in it. */
const MANY = 6
const TIMES = 3

/**
 * The standing of each kind that has what it requires (`isEnough`) in a row of headers, which `mappings` maps as each kind there is.
 * Evidence is data: see columns.yaml.
 */
export function standings(mappings: readonly Mapping[], isEnough: (mapping: Mapping) => boolean, definitions: Definitions): Standing[] {
  const { serial, neutral, kinds } = definitions.evidence
  const neutralKeys = new Set([...serial, ...neutral].map(headerKey))
  const owners = new Map<number, Kind[]>()
  for (const { kind, columns, items } of mappings)
    for (const { index } of [...columns, ...items.filter(({ factor }) => factor === null)])
      owners.set(index, [...(owners.get(index) ?? []), kind])

  return mappings.filter(isEnough).map((mapping) => {
    const { own, likely, doubtful, never } = kinds[mapping.kind]
    const doubtfulKeys = new Set(doubtful.map(headerKey))
    const isSure = (index: number): boolean => !doubtfulKeys.has(headerKey(mapping.header[index]!))
    const isOnlyOurs = (index: number): boolean => owners.get(index)?.length === 1 && isSure(index)
    const ownColumns = mapping.columns.filter(({ id, index }) => own.includes(id) && isOnlyOurs(index))
    const ownItems = own.includes('item*') ? mapping.items.filter(({ factor }) => factor === null) : []
    const read = new Set([...mapping.columns, ...mapping.items].map(({ index }) => index))
    const left = mapping.header.flatMap((header, index) =>
      read.has(index) || clean(header) === '' ? [] : [{ header: clean(header), index }],
    )
    const unread = left.filter(({ header }) => !neutralKeys.has(headerKey(header)))
    const words = never.words.map((word) => headerWords(word))
    const others = mappings.filter((other) => other.kind !== mapping.kind)
    const isAgainst = (index: number, header: string): boolean =>
      words.some((word) => ` ${headerWords(header)} `.includes(` ${word} `)) ||
      others.some((other) => other.columns.some((column) => column.index === index && never.columns[other.kind]?.includes(column.id)))
    const required = new Set(definitions.kinds[mapping.kind].requires.flat())
    const isWholly = unread.length === 0 && mapping.columns.some(({ id, index }) => required.has(id) && isSure(index))
    const isLikely = isWholly || mapping.columns.some(({ id, index }) => likely.includes(id) && isOnlyOurs(index))
    return {
      mapping,
      sureness: ownColumns.length + ownItems.length > 0 ? 2 : isLikely ? 1 : 0,
      isFounded: ownItems.length > 0 || mapping.columns.some(({ id, index }) => required.has(id) && isOnlyOurs(index)),
      own: [...ownColumns, ...ownItems].map(({ header }) => header),
      against: unread.filter(({ header, index }) => isAgainst(index, header)).map(({ header }) => header),
      unread: unread.map(({ header }) => header),
    }
  })
}

/** The one kind that a header makes a file; null where there is doubt: a kind that it can't be may be the one that was meant, with more in it. */
export function surest(all: readonly Standing[]): Mapping | null {
  const fit = all.filter(({ sureness, against }) => sureness > 0 && against.length === 0)
  const best = Math.max(...fit.map(({ sureness }) => sureness))
  const [first, second] = fit.filter(({ sureness }) => sureness === best).sort((a, b) => b.own.length - a.own.length)
  if (!first) return null
  const refuted = all.filter((one) => one.sureness === 2 && one.against.length > 0 && (one.isFounded || !first.isFounded))
  const rivals = [...(second ? [second] : []), ...refuted]
  const outweighs = ({ own }: Standing): boolean => first.own.length >= MANY && first.own.length >= TIMES * own.length
  return rivals.every(outweighs) ? first.mapping : null
}

/** Whether a header contradicts the kind that the user says the file is of: by what it can't have, or as surely one of another kind. */
export function contradiction(wanted: Standing, all: readonly Standing[]): string[] {
  if (wanted.against.length > 0) return wanted.against
  const other = all.find(({ mapping, sureness, against }) => mapping.kind !== wanted.mapping.kind && sureness === 2 && against.length === 0)
  return wanted.sureness < 2 && other ? other.own : []
}

const headerWords = (text: string): string =>
  text
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .map(headerKey)
    .filter((word) => word !== '')
    .join(' ')
