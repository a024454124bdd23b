import { CATALOGUE } from './catalogue.js'
import { formatCount } from './count.js'

export type Language = 'vi' | 'en'

/** A text in both languages: a label of the definitions, say. */
export interface Both {
  readonly vi: string
  readonly en: string
}

type Catalogue = typeof CATALOGUE
/** What a message is called: its room and its name there. */
export type MessageKey = { [Room in keyof Catalogue & string]: `${Room}.${keyof Catalogue[Room] & string}` }[keyof Catalogue & string]
type TextOf<Key extends MessageKey> = Key extends `${infer Room extends keyof Catalogue & string}.${infer Name}`
  ? Name extends keyof Catalogue[Room]
    ? Catalogue[Room][Name] extends { readonly en: infer Text extends string }
      ? Text
      : never
    : never
  : never
/** The places of a text: `{file}`, and `{n|row|rows}`, which is one word or the other as n is 1 or not. */
type PlacesIn<Text extends string> = Text extends `${string}{${infer Place}}${infer Rest}` ? NameOf<Place> | PlacesIn<Rest> : never
type NameOf<Place extends string> = Place extends `${infer Name}|${string}` ? Name : Place

/** What stands in a place: a text as it is, a number written as the language writes it, a day (`yyyy-MM-dd`), a message, or some of these. */
export type Filling = string | number | Both | Message | { readonly day: string } | Several

interface Several {
  readonly some: readonly Filling[]
  readonly by: ', ' | '; ' | ' + ' | keyof typeof WORDS
}

/** A sentence for people that is not yet in a language: what it is called and what fills its places. */
export interface Message {
  readonly key: MessageKey
  readonly values: Readonly<Record<string, Filling>>
}

type Values<Key extends MessageKey> = { readonly [Name in PlacesIn<TextOf<Key>>]: Filling }

/** A message of the catalogue with all of its places filled. */
export function say<Key extends MessageKey>(key: Key, ...values: [PlacesIn<TextOf<Key>>] extends [never] ? [] : [Values<Key>]): Message {
  return { key, values: values[0] ?? {} }
}

/** Whether a text is what a message is called. Only of messages without places does that say all. */
export function isKey(text: string): text is MessageKey {
  const [room = '', name = ''] = text.split('.')
  return Object.hasOwn(CATALOGUE, room) && Object.hasOwn(CATALOGUE[room as keyof Catalogue], name)
}

/** `a, b, c` */
export const listed = (some: readonly Filling[]): Several => ({ some, by: ', ' })
/** `a; b; c` */
export const apart = (some: readonly Filling[]): Several => ({ some, by: '; ' })
/** `a + b` */
export const summed = (some: readonly Filling[]): Several => ({ some, by: ' + ' })
/** `a or b` */
export const either = (some: readonly Filling[]): Several => ({ some, by: 'or' })
/** `a; or b`, of what has commas and signs in it */
export const ways = (some: readonly Filling[]): Several => ({ some, by: '; or' })
/** `a and b` */
export const both = (some: readonly Filling[]): Several => ({ some, by: 'and' })
/** A day `yyyy-MM-dd`, which Vietnamese writes as dd/MM/yyyy. */
export const onDay = (day: string): { readonly day: string } => ({ day })

const WORDS = { or: { vi: ' hoặc ', en: ' or ' }, '; or': { vi: '; hoặc ', en: '; or ' }, and: { vi: ' và ', en: ' and ' } }

/** A message in a language. */
export function render({ key, values }: Message, language: Language): string {
  const [room, name] = key.split('.') as [string, string]
  return fill((CATALOGUE as Record<string, Record<string, Both>>)[room]![name]![language], values, language)
}

/** A text with its places filled; a place that nothing fills is a fault of the program. */
export function fill(text: string, values: Readonly<Record<string, Filling>>, language: Language): string {
  return text.replace(/\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g, (_, name: string, one?: string, many?: string) => {
    const value = values[name]
    if (one !== undefined) return (String(value) === '1' ? one : many)!
    return value === undefined ? '' : written(value, language)
  })
}

/** A filling in a language. */
export function written(value: Filling, language: Language): string {
  if (typeof value === 'string') return value
  if (typeof value === 'number') return formatCount(value, language)
  if ('key' in value) return render(value, language)
  if ('day' in value) return language === 'vi' ? value.day.replace(/^(\d{4})-(\d{2})-(\d{2})/, '$3/$2/$1') : value.day
  if ('some' in value) {
    const between = value.by in WORDS ? WORDS[value.by as keyof typeof WORDS][language] : value.by
    return value.some.map((one) => written(one, language)).join(between)
  }
  return value[language]
}
