import { clean } from './fold.js'

/** The letters in Vietnamese order; f, j, w and z, of other languages, stand where they stand in theirs. */
const LETTERS = 'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz'
/** Tones in the order of dictionaries: huyền, hỏi, ngã, sắc, nặng, after none. */
const TONES = '\u0300\u0309\u0303\u0301\u0323'
const RANKS = new Map([...LETTERS].map((letter, i) => [letter, String.fromCharCode(0x100 + i)]))
const SPACE = '\u0001'
/** Punctuation around a text. */
const OUTER = /^[^\d\p{L}]+|[^\d\p{L}]+$/gu
const NUMBER = '\u0002'

/**
 * What puts texts in Vietnamese order when compared as they are: letters first (ă after a, đ after d), digits by their number ("Phường 2" before
 * "Phường 10"), whatever the case and the punctuation; then tones, syllable by syllable; then the text itself. The same on every machine.
 */
export function collationKey(text: string): string {
  const known = KEYS.get(text)
  if (known !== undefined) return known
  let letters = ''
  let tones = ''
  for (const [part] of clean(text)
    .toLowerCase()
    .replace(OUTER, '')
    .normalize('NFD')
    .matchAll(/\d+|\p{L}\p{M}*|[^\d\p{L}]+/gu)) {
    if (/^\d/.test(part)) {
      const digits = part.replace(/^0+(?=.)/, '')
      letters += NUMBER + String.fromCharCode(0x30 + digits.length) + digits
    } else if (/^\p{L}/u.test(part)) {
      const tone = [...part].find((mark) => TONES.includes(mark))
      const letter = part.replaceAll(new RegExp(`[${TONES}]`, 'g'), '').normalize('NFC')
      letters += RANKS.get(letter) ?? RANKS.get(letter.normalize('NFD')[0]!) ?? String.fromCharCode(0x200) + letter
      if (tone !== undefined) tones += String.fromCharCode(0x31 + TONES.indexOf(tone))
    } else {
      letters += SPACE
      tones += '0'
    }
  }
  const key = `${letters}\u0000${tones}\u0000${text}`
  if (KEYS.size > MOST_KEYS) KEYS.clear()
  KEYS.set(text, key)
  return key
}

/* Names come again for every figure of theirs. */
const KEYS = new Map<string, string>()
const MOST_KEYS = 50_000

/** Vietnamese order of names. */
export function inVietnameseOrder(one: string, other: string): number {
  const [first, second] = [collationKey(one), collationKey(other)]
  return first < second ? -1 : first > second ? 1 : 0
}
