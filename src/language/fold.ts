/** Characters typed for Đ/đ that lower-case to other letters: Eth and African D. */
const D_LOOKALIKES: Record<string, string> = { '\u00d0': '\u0110', '\u0189': '\u0110', '\u00f0': '\u0111', '\u0256': '\u0111' }
/* Zero-width, bidirectional and control characters, white space aside. */
// oxlint-disable-next-line no-control-regex
const INVISIBLE = /[\u0000-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g
const SPACES = /[\s\u0085\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+/g

const TONES = ['\u0300', '\u0301', '\u0309', '\u0303', '\u0323']
const toned = (vowel: string): string[] => TONES.map((tone) => (vowel + tone).normalize('NFC'))
const OLD_STYLE = new Map<string, string>()
for (const [first, second] of [
  ['o', 'a'],
  ['o', 'e'],
  ['u', 'y'],
] as const) {
  toned(first).forEach((onFirst, tone) => OLD_STYLE.set(onFirst + second, first + toned(second)[tone]!))
}
const OLD_STYLE_AT_SYLLABLE_END = new RegExp(`(${[...OLD_STYLE.keys()].join('|')})(?!\\p{L})`, 'gu')
const NEW_STYLE = new Map([...OLD_STYLE].map(([old, modern]) => [modern, old]))
const NEW_STYLE_AT_SYLLABLE_END = new RegExp(`(${[...NEW_STYLE.keys()].join('|')})(?!\\p{L})`, 'gu')

/** Whether nobody sees a character: it says nothing. */
export const isInvisible = (character: string): boolean => character.replace(INVISIBLE, '') === ''

/** NFC, Đ for its look-alikes, no invisible characters, single plain spaces: what a cell says, in its own case. */
export function clean(text: string): string {
  return text
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(/[\u00d0\u0189\u00f0\u0256]/g, (letter) => D_LOOKALIKES[letter]!)
    .replace(SPACES, ' ')
    .trim()
}

/**
 * The form in which Vietnamese texts are compared: cleaned, lower case, tone marks where the new orthography puts them
 * (`hóa` and `hoá` are one word). Accents stay: `Hoà` is not `Hoa`.
 */
export function fold(text: string): string {
  return clean(text)
    .toLowerCase()
    .replace(OLD_STYLE_AT_SYLLABLE_END, (syllable) => OLD_STYLE.get(syllable)!)
}

/** Both spellings of a folded text whose tone mark has two places, for engines that cannot fold. */
export function toneSpellings(folded: string): string[] {
  const old = folded.replace(NEW_STYLE_AT_SYLLABLE_END, (syllable) => NEW_STYLE.get(syllable)!)
  return old === folded ? [folded] : [folded, old]
}

/** For header aliases only: as if folded, without accents, punctuation and spaces. */
export function headerKey(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replace(/[\u0111\u00f0\u0256]/g, 'd')
    .replace(/[^\p{L}\p{N}]/gu, '')
}
