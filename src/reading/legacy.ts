import { countSyllables } from '../language/syllable.js'

export const LEGACY = ['windows-1258', 'tcvn3', 'vni'] as const
export type LegacyEncoding = (typeof LEGACY)[number]

export interface TextDecoding {
  write: (bytes: Buffer) => string
  end: () => string
}

/** Decodes a file piece by piece; a letter cut between two pieces comes with the second. The text is NFC. */
export async function legacyDecoder(encoding: LegacyEncoding): Promise<TextDecoding> {
  if (encoding === 'vni') return vniDecoder()
  const { default: iconv } = await import('iconv-lite')
  const decoder = iconv.getDecoder(encoding === 'tcvn3' ? 'tcvn' : encoding)
  let held = ''
  return {
    write: (bytes) => {
      const text = held + decoder.write(bytes)
      const lastLetter = text.length - (/\P{M}\p{M}*$/u.exec(text)?.[0].length ?? 0)
      held = text.slice(lastLetter)
      return text.slice(0, lastLetter).normalize('NFC')
    },
    end: () => (held + (decoder.end() ?? '')).normalize('NFC'),
  }
}

/** What each encoding makes of the bytes: the share of its words that are Vietnamese, the best first. */
export async function guessLegacy(bytes: Buffer): Promise<{ encoding: LegacyEncoding; share: number; words: number }[]> {
  const guesses = []
  for (const encoding of LEGACY) {
    const decoder = await legacyDecoder(encoding)
    const { words, syllables } = countSyllables(decoder.write(bytes) + decoder.end())
    guesses.push({ encoding, words, share: words === 0 ? 0 : syllables / words })
  }
  return guesses.sort((a, b) => b.share - a.share)
}

/* VNI writes a letter of windows-1252, and after it a letter that stands for its marks. */
const MARKS: readonly (readonly [letters: string, marks: string, with_: string])[] = [
  ['aeouyôö', 'ùøûõï', '\u0301\u0300\u0309\u0303\u0323'],
  ['aeo', 'âáàåãä', '\u0302 \u0302\u0301 \u0302\u0300 \u0302\u0309 \u0302\u0303 \u0302\u0323'],
  ['a', 'êéèúüë', '\u0306 \u0306\u0301 \u0306\u0300 \u0306\u0309 \u0306\u0303 \u0306\u0323'],
]
const SINGLE: Record<string, string> = { í: 'í', ì: 'ì', æ: 'ỉ', ó: 'ĩ', ò: 'ị', î: 'ỵ', ñ: 'đ', ô: 'ơ', ö: 'ư' }
const VNI = new Map<string, string>()
for (const [letter, meant] of Object.entries(SINGLE)) addLetter(letter, meant)
for (const [letters, marks, added] of MARKS) {
  const combined = added.includes(' ') ? added.split(' ') : [...added]
  for (const letter of letters) [...marks].forEach((mark, i) => addLetter(letter + mark, (SINGLE[letter] ?? letter) + combined[i]!))
}

function addLetter(written: string, meant: string): void {
  VNI.set(written, meant.normalize('NFC'))
  VNI.set(written.toUpperCase(), meant.toUpperCase().normalize('NFC'))
  if (written.length > 1) VNI.set(written[0]!.toUpperCase() + written.slice(1), meant.toUpperCase().normalize('NFC'))
}

function vniDecoder(): TextDecoding {
  const letters = new TextDecoder('windows-1252')
  const known = /[aeouyôöAEOUYÔÖ][ùøûõïâáàåãäêéèúüëÙØÛÕÏÂÁÀÅÃÄÊÉÈÚÜË]|[íìæóòîñôöÍÌÆÓÒÎÑÔÖ]/g
  const decode = (text: string): string =>
    text.replace(known, (written) => VNI.get(written) ?? [...written].map((letter) => VNI.get(letter) ?? letter).join(''))
  let held = ''
  return {
    write: (bytes) => {
      const text = held + letters.decode(bytes, { stream: true })
      held = /[aeouyôöAEOUYÔÖ]$/.exec(text)?.[0] ?? ''
      return decode(text.slice(0, text.length - held.length))
    },
    end: () => decode(held),
  }
}
