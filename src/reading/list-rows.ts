import type { Kind } from '../definitions/schema.js'
import { clean } from '../language/fold.js'
import { literal } from '../store/store.js'
import { cleanSql } from './clean-sql.js'
import type { Mapping } from './header.js'
import { isSameHeader } from './second-header.js'
import { skipConditions, skipReason } from './skip.js'
import type { Sniffed } from './sniff.js'

/** Why a row of a list is skipped: it is none of its entries. */
export type SkipReason = 'empty row' | 'header again' | 'column numbers' | 'total row' | 'signature row' | 'group heading' | 'footnote'

/** A header in other words or another order than the first: of what follows, not of what came before. */
export const OTHER_HEADER = 'other header'

/** The column that every entry of a kind fills; of summaries none is. */
const KEY: Partial<Record<Kind, string>> = {
  dossiers: 'code',
  survey: 'answered_at',
  targets: 'metric',
  units: 'name',
  unit_changes: 'new_code',
  unit_aliases: 'alias',
}

/** Where the column stands that every entry fills; -1: there is none. */
export const keyIndex = ({ kind, columns }: Mapping): number => columns.find(({ id }) => id === KEY[kind])?.index ?? -1

/* Patterns of both the engine and JavaScript, for texts in small letters; a bar stands between cells. */
const COUNT = '[\\d.,]+( hồ sơ)?'
const TOTAL = `(tổng cộng|tổng số( hồ sơ)?|tổng|cộng|tong cong|tong so|total) ?:? ?(\\([^()|]*\\)|${COUNT})?`
const DAY = 'ngày[^|]*tháng[^|]*năm[^|]*'
const SIGNATURE = `([^|]*${DAY}|người (lập|ký|duyệt|báo cáo|tổng hợp|kiểm)[^|]*|thủ trưởng[^|]*|(phó )?(chủ tịch|giám đốc)[^|]*|kế toán trưởng|lãnh đạo[^|]*|(tm|kt|tl|tuq|q)\\. ?[^|]*|\\((đã )?ký[^|]*|đã ký)`
/* A heading of a group: nothing but a text of two words or more, that may be numbered and counted: "I. Lĩnh vực đất đai (12 hồ sơ)". */
const ROMAN = '([ivxlc]+|[a-zđ])'
const WORDS_OF_TWO = '\\p{L}{2,}[^|]* [^|]*\\p{L}{2}[^|]*'
const COUNTED = `(\\|[(]?${COUNT}[)]?)`
const GROUP =
  '(lĩnh vực|nhóm|phần|khối|mục|cấp|sở|ban|ubnd|uỷ ban|ủy ban|phường|xã|thị trấn|thị xã|huyện|quận|thành phố|đơn vị|cơ quan|thủ tục) [^|]*'
const numbered = (number: string): string => `[(]?${number}[.):-]* ?\\|?${WORDS_OF_TWO}${COUNTED}?`
const HEADING = {
  dossiers: `(${numbered(`(${ROMAN}[.):-]|${ROMAN}\\||\\d+([.]\\d+)*[.):-]* ?)`)}|${GROUP}${COUNTED}?)`,
  others: numbered(`(${ROMAN}[.):-]|${ROMAN}\\|)`),
}
const LONG_NUMBER = '\\d{6}'
/** Columns of an entry from which on a text alone in its row is a heading. */
const WIDE = 3
const NUMBER = /^[([]?(\d+)[)\]]?( ?=.*)?$/

/** Codes and dates as they mostly are: nothing else is written so. */
const PLAIN_KEY = /^([!-~]{8,}|[ -@]{8,})$/

/** The code's cell as it says: what is kept is folded, and may be a part of it. */
export const WHOLE_CODE = '"whole code"'

/** A row without digits: below a signature a name. No column of dossiers is called so. */
export const LOOSE = 'loose'
/** A row without digits that is a heading, or a note, where it is no name below a signature. */
export const LOOSE_HEADING = 'loose heading'
export const LOOSE_NOTE = 'loose note'
/* No code is so: words with blanks between them, or without a digit. */
const WORDS = '[^ ]+ .*|[^\\d]+'
/** What people and programs write below a list, where its codes stand. */
const NOTE =
  '((ghi chú|chú thích|lưu ý|nguồn|xuất (lúc|ngày)|ngày (xuất|in)|thời (gian|điểm) (xuất|in)|người (xuất|in)|in (lúc|ngày)|trang|luỹ kế|lũy kế|(tổng )?số bản ghi|grand total|sub ?total|note|source|exported|generated|printed|page)( ?[:.]| |\\||$)[^|]*(\\|[^|]*)?|\\(?\\d+ (rows?|records?|dòng|bản ghi)[^|]*)'

/**
 * Tells of each next row below the header whether it is skipped, and why: by the rules of a layout first. A total is a row whose first words say so and that has no
 * key, or a number for one; a heading of a group is a text alone in its row; a footnote is what is alone in its row and no code, or says what it is; signatures are what says so, and below it, up to the next entry, the rows without digits: names. Either may
 * stand where the codes of dossiers do, but not where the names of units and metrics do. In summaries a total is an entry.
 */
export function rowSorter(sniffed: Sniffed, mapping: Mapping): (cells: readonly string[]) => string | null {
  const key = keyIndex(mapping)
  const hasCodes = mapping.kind === 'dossiers'
  const hasTotals = mapping.kind !== 'indicators'
  const read = [...mapping.columns, ...mapping.items].map(({ index }) => index)
  const headers = spellings(mapping.header[key] ?? '')
  const numbers = columnNumbers(sniffed, mapping)
  const [isTotal, isCount, isSignature] = [TOTAL, COUNT, SIGNATURE].map((pattern) => new RegExp(`^${pattern}$`)) as [RegExp, RegExp, RegExp]
  const [startsTotal, hasSignature] = [new RegExp(`^${TOTAL}(\\||$)`), new RegExp(`(^|\\|)${SIGNATURE}(\\||$)`)]
  const day = new RegExp(DAY, 'g')
  const heading = new RegExp(`^${hasCodes ? HEADING.dossiers : HEADING.others}$`, 'u')
  const isWide = hasTotals && read.length >= WIDE
  const [note, words] = [new RegExp(`^${NOTE}$`), new RegExp(`^(${WORDS})$`)]
  const isAlone = (cells: readonly string[]): boolean => read.every((index) => index === key || clean(cells[index] ?? '') === '')
  let isSigned = false

  const ruled = skipReason(mapping)
  return (cells) => {
    const sort = ruled(cells) ?? sortOf(cells)
    if (sort === 'signature row') isSigned = true
    if (sort === null) isSigned = false
    if (sort === LOOSE_HEADING) return isSigned ? 'signature row' : 'group heading'
    if (sort === LOOSE_NOTE) return isSigned ? 'signature row' : 'footnote'
    return sort !== LOOSE ? sort : isSigned ? 'signature row' : null
  }

  function sortOf(
    cells: readonly string[],
  ): SkipReason | typeof OTHER_HEADER | typeof LOOSE | typeof LOOSE_HEADING | typeof LOOSE_NOTE | null {
    const cell = cells[key] ?? ''
    const text = PLAIN_KEY.test(cell) ? cell : clean(cell)
    if (headers.includes(text) && text !== '') return isSameHeader(mapping.header, cells) ? 'header again' : OTHER_HEADER
    if (PLAIN_KEY.test(text)) return null
    if (/^\(\d+\)$/.test(text) || (numbers && read.every((index) => (cells[index] ?? '') === (numbers[index] ?? ''))))
      return 'column numbers'
    const word = text.toLowerCase()
    const said = saidOf(cells)
    if (hasTotals && (isTotal.test(word) || ((word === '' || isCount.test(word)) && startsTotal.test(said)))) return 'total row'
    const isLoose = (word === '' || hasCodes) && !/\d/.test(said.replace(day, ''))
    if (isLoose && (word === '' || isSignature.test(word)) && hasSignature.test(said)) return 'signature row'
    if (hasCodes && word !== '' && note.test(said)) return isLoose ? LOOSE_NOTE : 'footnote'
    if (isWide && heading.test(said) && !/\d{6}/.test(said)) return isLoose ? LOOSE_HEADING : 'group heading'
    if (word === '' && isAlone(cells)) return 'empty row'
    if (hasCodes && word !== '' && isWide && isAlone(cells) && words.test(text) && !/\d{6}/.test(text))
      return isLoose ? LOOSE_NOTE : 'footnote'
    return isLoose ? LOOSE : null
  }
}

/** All that a row says, in small letters; a bar stands between cells. */
const saidOf = (cells: readonly string[]): string =>
  clean(cells.join('|'))
    .toLowerCase()
    .replace(/[ |]*\|[ |]*/g, '|')
    .replace(/^[ |]+|[ |]+$/g, '')

const TOTAL_WORD = new RegExp(`^${TOTAL}$`)

/** Whether a cell is the word for a total. */
export const isTotalWord = (cell: string): boolean => TOTAL_WORD.test(clean(cell).toLowerCase())

/** As rowSorter, for a row c0, c1, … of the engine with its WHOLE_CODE; names below a signature are yet to be told: see SETTLE_NAMES. */
export function sortSql(sniffed: Sniffed, mapping: Mapping): string {
  const { index: key } = mapping.columns.find(({ id }) => id === KEY.dossiers)!
  const code = WHOLE_CODE
  const read = mapping.columns.map(({ index }) => index)
  const numbers = columnNumbers(sniffed, mapping)
  const all = `concat_ws('|', ${mapping.header.map((_, index) => `c${index}`).join(', ')})`
  const said = `trim(regexp_replace(lower(${cleanSql(all)}), '[ |]*\\|[ |]*', '|', 'g'), ' |')`
  const isHeader = `CASE ${code} ${spellings(mapping.header[key]!)
    .map((text) => `WHEN ${literal(text)} THEN true`)
    .join(' ')} ELSE false END`
  const isNumbers = numbers ? read.map((index) => `coalesce(c${index}, '') = ${literal(numbers[index] ?? '')}`).join(' AND ') : 'false'
  const isLoose = `NOT regexp_matches(regexp_replace(said, '${DAY}', '', 'g'), '\\d')`
  const word = `coalesce(lower(${code}), '')`
  const mayBeHeader = spellings(mapping.header[key]!).some((text) => PLAIN_KEY.test(text))
  const isPlain = `strlen(${code}) >= 8 AND strlen(${code}) = length(${code}) AND NOT contains(${code}, ' ')${mayBeHeader ? ` AND NOT ${isHeader}` : ''}`
  const isAgain = `said = ${literal(saidOf(mapping.header))}`
  const others = read.filter((index) => index !== key).map((index) => `c${index}`)
  const hasNothingElse = others.length === 0 ? 'true' : `${cleanSql(`concat_ws('', ${others.join(', ')})`)} = ''`
  const isAlone =
    read.length >= WIDE
      ? `regexp_full_match(${code}, ${literal(WORDS)}) AND NOT regexp_matches(${code}, '${LONG_NUMBER}') AND ${hasNothingElse}`
      : 'false'
  const isNote = `${code} IS NOT NULL AND regexp_full_match(said, ${literal(NOTE)})`
  const rules = skipConditions(mapping).map(({ condition, reason }) => `WHEN ${condition} THEN ${literal(reason)} `)
  const isHeading =
    read.length >= WIDE ? `regexp_full_match(said, '${HEADING.dossiers}') AND NOT regexp_matches(said, '${LONG_NUMBER}')` : 'false'
  return `CASE ${rules.join('')}WHEN ${code} IS NULL OR NOT (${isPlain}) THEN list_transform([${said}], lambda said: CASE
    WHEN ${isHeader} THEN CASE WHEN ${isAgain} THEN 'header again' ELSE '${OTHER_HEADER}' END
    WHEN regexp_full_match(${word}, '\\(\\d+\\)') OR (${isNumbers}) THEN 'column numbers'
    WHEN regexp_full_match(${word}, '${TOTAL}') OR (regexp_full_match(${word}, '(${COUNT})?') AND regexp_matches(said, '^${TOTAL}(\\||$)')) THEN 'total row'
    WHEN ${isLoose} AND regexp_full_match(${word}, '(${SIGNATURE})?') AND regexp_matches(said, '(^|\\|)${SIGNATURE}(\\||$)') THEN 'signature row'
    WHEN ${isNote} THEN CASE WHEN ${isLoose} THEN '${LOOSE_NOTE}' ELSE 'footnote' END
    WHEN ${isHeading} AND ${isLoose} THEN '${LOOSE_HEADING}'
    WHEN ${isHeading} THEN 'group heading'
    WHEN ${code} IS NULL AND ${cleanSql(`concat_ws('', ${read.map((index) => `c${index}`).join(', ')})`)} = '' THEN 'empty row'
    WHEN ${code} IS NOT NULL AND ${isAlone} THEN CASE WHEN ${isLoose} THEN '${LOOSE_NOTE}' ELSE 'footnote' END
    WHEN ${isLoose} THEN '${LOOSE}' END)[1] END`
}

function spellings(header: string): string[] {
  const text = clean(header)
  return [...new Set([text, text.toUpperCase(), text.toLowerCase()])]
}

/** The row below the header, where it does nothing but count three columns or more. */
function columnNumbers({ head }: Sniffed, { headerRecord }: Mapping): string[] | null {
  const cells = head[headerRecord + 1]?.cells ?? []
  const numbers = cells.map(clean).filter((text) => text !== '')
  return numbers.length >= 3 && numbers.every((text, i) => NUMBER.exec(text)?.[1] === String(i + 1)) ? cells : null
}
