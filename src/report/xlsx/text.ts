/** What a cell may hold at most. */
const LONGEST = 32_767
const LONGEST_SHEET_NAME = 31

/* What XML 1.0 forbids, and what turns the direction of writing. */
// oxlint-disable-next-line no-control-regex
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufffe\uffff\p{Cs}]/gu

/**
 * A text as a workbook can hold it: line ends are \n; what XML 1.0 forbids (control characters, lone surrogates, U+FFFE and U+FFFF) and what turns
 * the direction of writing is left out; no longer than a cell may be.
 */
export function workbookText(text: string): string {
  const clean = text.replace(/\r\n?/g, '\n').replace(UNFIT, '')
  return cut(clean, LONGEST)
}

/** A literal `_x000D_` would be read as the character of that number; LibreOffice takes `_x0_` for one too. */
export function escaped(text: string): string {
  return text.replace(/_(?=x[0-9a-f]{1,4}_)/gi, '_x005F_')
}

/** Spreadsheets would take such a text for an error value: `#N/A`. */
export function looksLikeError(text: string): boolean {
  return /^#[A-Z][A-Z0-9/_]*[!?]?$/.test(text)
}

/** Names that sheets can have, one for each title, as near to it as can be: see ECMA-376 and what Excel refuses. */
export function sheetNames(titles: readonly string[]): string[] {
  const taken = new Set(['', 'history', 'lịch sử'])
  return titles.map((title, i) => {
    const name = sheetName(title)
    for (let n = 1; ; n++) {
      const suffix = n === 1 ? '' : ` (${n})`
      const candidate = (name === '' ? `${i + 1}` : shortened(name, LONGEST_SHEET_NAME - suffix.length)) + suffix
      if (taken.has(candidate.toLowerCase())) continue
      taken.add(candidate.toLowerCase())
      return candidate
    }
  })
}

/** A sheet as formulas, names and links refer to it. */
export function quoted(sheet: string): string {
  return `'${sheet.replaceAll("'", "''")}'`
}

/** A text in the header or footer of a page, where & begins a code and is written twice; with that it is at most so long. */
export function pageText(text: string, longest: number): string {
  const line = oneLine(text)
  for (let length = longest; ; length -= 10) {
    const doubled = shortened(line, Math.max(1, length)).replaceAll('&', '&&')
    if (doubled.length <= longest) return doubled
  }
}

/** A text for a property of the document. */
export function oneLine(text: string): string {
  return workbookText(text).replace(/\s+/g, ' ').trim()
}

function sheetName(title: string): string {
  return oneLine(title.normalize('NFC'))
    .replace(/[\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g, '')
    .replace(/[[\]:*?/\\]/g, '-')
    .replace(/_(?=x[0-9a-f]{1,4}_)/gi, '-')
    .replace(/^[' ]+|[' ]+$/g, '')
}

/** Cut between words where that loses little, with a sign that it was. */
function shortened(text: string, length: number): string {
  if (text.length <= length) return text
  const start = cut(text, length - 1)
  const space = start.lastIndexOf(' ')
  return `${(space > length * 0.6 ? start.slice(0, space) : start).replace(/[ ,;.'–-]+$/, '')}…`
}

/** At most so many units of UTF-16, no letter cut in two. */
function cut(text: string, length: number): string {
  if (text.length <= length) return text
  return text.slice(0, /[\ud800-\udbff]/.test(text[length - 1]!) ? length - 1 : length)
}
