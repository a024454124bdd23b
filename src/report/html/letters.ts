import { fit } from '../list.js'
import { clean } from './text.js'

/** How a text of a drawing is set: as `style.css` says of its class. */
export interface Face {
  size: number
  isBold?: boolean
}

export const NAME: Face = { size: 13, isBold: true }
export const PART: Face = { size: 13 }
export const SMALL: Face = { size: 11 }

/** What a drawing leaves for the letters of its reader's machine, which may be so much wider than those measured here. */
export const SLACK = 1.15

/** Widths of letters as shares of their size, the first that holds: those of a sans serif of middle width, which Arial and Segoe are within. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/\p{M}/u, 0],
  [/[\u0600-\u06ff\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\uffdc\u{10000}-\u{3ffff}]/u, 1.75],
  [/[ijlIJ|.,:;'· ]/u, 0.29],
  [/[ftr()[\]/!-]/u, 0.37],
  [/[cksvxyz*"]/u, 0.515],
  [/[\p{Ll}\d$_–]/u, 0.56],
  [/[BEFKLPRSTVXYZA]/u, 0.605],
  [/[MWĐ%@—…]/u, 0.87],
  [/./su, 0.73],
]
const WIDER: ReadonlyMap<string, number> = new Map([
  ['m', 0.85],
  ['w', 0.715],
])
/** The horn of Ơ and Ư stands beside its letter. */
const HORN = '\u031b'
const BOLD = 1.12

/** About how wide a text is in a drawing, in the units of the drawing. */
export function widthOf(text: string, { size, isBold }: Face): number {
  let width = 0
  for (const letter of text.normalize('NFD'))
    width += letter === HORN ? 0.1 : (WIDER.get(letter) ?? WIDTHS.find(([one]) => one.test(letter))![1])
  return width * size * (isBold ? BOLD : 1)
}

/** A name, cut in its middle where it would be wider than `room` on a machine with wide letters. */
export function fitted(name: string, room: number, face: Face): string {
  const text = clean(name)
  for (let length = [...text].length; ; length--) {
    const shorter = fit(text, length)
    if (length <= 1 || widthOf(shorter, face) * SLACK <= room) return shorter
  }
}
