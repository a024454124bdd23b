import { fit, visible } from '../list.js'

/** A text as HTML may carry it: controls and marks that turn the direction of writing show as "·", what is no character as "�". */
export function clean(text: string): string {
  return visible(text.replace(/[\t\n\f\r\v\u2028\u2029]/g, ' ')).replace(/[\p{Surrogate}\p{Noncharacter_Code_Point}]/gu, '\ufffd')
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** A text between tags or in a quoted attribute. */
export function escape(text: string): string {
  return /^[\w ,.%+-]*$/.test(text) ? text : clean(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign]!)
}

/** A name in at most so many letters of middle width, for drawings, where no line breaks. */
export function cut(name: string, width: number): string {
  const text = clean(name)
  for (let length = Math.min([...text].length, width); ; length--) {
    const shorter = fit(text, length)
    if (length <= 1 || widthOf(shorter) <= width) return shorter
  }
}

function widthOf(text: string): number {
  return [...text].reduce(
    (sum, letter) => sum + (/\p{M}/u.test(letter) ? 0 : WIDE.test(letter) ? 2 : /[\p{Lu}mw%@—]/u.test(letter) ? 1.3 : 1),
    0,
  )
}

const WIDE = /[\u0600-\u06ff\u1100-\u11ff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\uffdc\u{10000}-\u{3ffff}]/u
