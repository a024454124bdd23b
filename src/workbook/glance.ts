/** A cell of a worksheet, of the forms that nearly all have: what it says, not yet looked up or formatted. */
export interface Glance {
  /** Where the cell ends in the text; 0: not of such a form. */
  end: number
  /** From 0; -1 where the cell does not say. */
  column: number
  style: number
  /** A number, an index of shared strings, a text; or nothing in it. */
  kind: 'number' | 'shared' | 'text' | 'empty'
  value: string
}

const QUOTE = 34
const LESS = 60
const MORE = 62
const SLASH = 47
const SPACE = 32
const END = '</c>'

/**
 * Reads `<c r="B2" s="1" t="s"><v>7</v></c>`, `<c r="B2" t="inlineStr"><is><t>x</t></is></c>` and `<c r="B2"/>` into `found`, if all of it is
 * there, without formulas, runs, entities or prefixes; longer ones than `limit` neither.
 */
export function glanceAtCell(text: string, start: number, limit: number, found: Glance): void {
  found.end = 0
  found.column = -1
  found.style = 0
  let isInline = false
  let kind: Glance['kind'] = 'number'
  let at = start + 2
  while (text.charCodeAt(at) === SPACE) {
    if (text.charCodeAt(at + 2) !== 61 || text.charCodeAt(at + 3) !== QUOTE) return
    const name = text.charCodeAt(at + 1)
    at += 4
    const first = at
    if (name === 114) {
      let column = 0
      for (let letter = text.charCodeAt(at); letter >= 65 && letter <= 90 && at - first < 3; letter = text.charCodeAt(++at))
        column = column * 26 + letter - 64
      if (at === first) return
      found.column = column - 1
      at = digitsEnd(text, at)
    } else if (name === 115) {
      at = digitsEnd(text, at)
      found.style = Number(text.slice(first, at))
    } else if (name === 116) {
      if (isAt(text, at, 's"')) kind = 'shared'
      else if (isAt(text, at, 'str"')) kind = 'text'
      else if (isAt(text, at, 'inlineStr"')) [kind, isInline] = ['text', true]
      else if (!isAt(text, at, 'n"')) return
      at = text.indexOf('"', at)
    } else return
    if (text.charCodeAt(at++) !== QUOTE) return
  }
  if (text.charCodeAt(at) === SLASH && text.charCodeAt(at + 1) === MORE) {
    found.kind = 'empty'
    found.end = at + 2
    return
  }
  const opening = isInline ? '><is><t>' : '><v>'
  const closing = isInline ? '</t></is>' : '</v>'
  if (isAt(text, at, opening)) at += opening.length
  else if (isInline && isAt(text, at, SPACED)) at += SPACED.length
  else return
  const end = plainEnd(text, at)
  if (end < 0 || end - at > limit || !isAt(text, end, closing) || !isAt(text, end + closing.length, END)) return
  found.kind = kind
  found.value = text.slice(at, end)
  found.end = end + closing.length + END.length
}

const SPACED = '><is><t xml:space="preserve">'

/** As startsWith, which costs more than short words are worth. */
function isAt(text: string, at: number, word: string): boolean {
  for (let i = 0; i < word.length; i++) if (text.charCodeAt(at + i) !== word.charCodeAt(i)) return false
  return true
}

function digitsEnd(text: string, at: number): number {
  let code = text.charCodeAt(at)
  while (code >= 48 && code <= 57) code = text.charCodeAt(++at)
  return at
}

/** Where a text without entities, carriage returns and escapes (`_x000D_`) ends; -1 where it has them or does not end here. */
function plainEnd(text: string, at: number): number {
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === LESS) return at
    if (code === 38 || code === 13 || (code === 95 && text.charCodeAt(at + 1) === 120)) return -1
  }
  return -1
}
