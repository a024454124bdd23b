import { END_OF_DAY, half, MAY_BE_WORDED, WORDED, type Rewriting } from '../language/clock.js'
import { fold, toneSpellings } from '../language/fold.js'
import { cleanSql, overClean } from '../reading/clean-sql.js'
import { NO_DAY, NO_END, NOTHING } from '../language/nothing.js'
import { literal } from '../store/store.js'
import { foldCodeSql, isPlainCode } from './codes.js'

/** A reading of one column as SQL. What stands in `careful` and `unread` is over the lambda's `raw`, and planned once for all columns that have the same. */
export interface ColumnReading {
  /** The value of cells written as nearly all are; NULL of all others. */
  quick: string
  /** What is made of the others. */
  careful?: string
  /** The value, from both; absent: the quick one. */
  value?: (quick: string, careful: string) => string
  /** The value within what it may be, by its name. */
  within?: (name: string) => string
  /** True when a cell without a value says something that can't be read. */
  unread?: string
  /** True when the value of this name is a problem; instead of `unread`. */
  problem?: (name: string) => string
  reason: string
}

export interface ColumnToRead {
  /** SQL of the raw text. */
  raw: string
  /** Raw texts of the first rows: the spellings they show are compared first. */
  sample: string[]
}

const SLASHED = ['%d/%m/%Y %H:%M:%S', '%d/%m/%Y', '%d/%m/%Y %H:%M']
/** A second with decimals, by themselves or after fourteen digits; the engine's patterns of times have none. */
const FRACTION = '(:\\d{1,2}:\\d{1,2})[.,](\\d+)'
const DIGITS_WITH_FRACTION = '^(\\d{14})[.,]?(\\d{3})$'
const list = (formats: string[]): string => `[${formats.map(literal).join(', ')}]`

/** SQL, whether a text is a word for nothing. Not by IN: the engine makes a join of so long a list, and joins do not keep the order of rows. */
const isWord = (text: string): string => `list_contains([${NOTHING.map(literal).join(', ')}], ${text})`
const LONGEST_WORD = Math.max(...NOTHING.map((word) => Buffer.byteLength(word)))
/** First letters between which no word for nothing begins, nor a blank. */
const BEGINS_NO_WORD = ['0<', '=N', 'O[', ']n', 'o\u2013']
/** As isWord, of a cell with blanks around it; most are told by their length or their first letter. */
const isShortWord = (raw: string): string => {
  const others = BEGINS_NO_WORD.map(([from, until]) => `${raw} >= '${from}' AND ${raw} < '${until}'`)
  return `strlen(${raw}) <= ${LONGEST_WORD + 2} AND NOT (${others.join(' OR ')}) AND ${isWord(`trim(${raw})`)}`
}
/** SQL, true where a cell has something in it that is no word for nothing. */
export const SAYS_SOMETHING = overClean('raw', `cell <> '' AND NOT ${isWord('cell')}`)
/** SQL, true where the cell of a day says something other than that there is none, or no end. */
export const saysTime = (mayBeOpen: boolean): string =>
  overClean(
    'raw',
    `cell <> '' AND NOT ${isWord('cell')} AND NOT regexp_full_match(cell, ${literal(mayBeOpen ? `${NO_DAY}|${NO_END}` : NO_DAY)})`,
  )
/** SQL of a point in time, NULL outside the years that are read. */
export const inYears = (time: string): string =>
  `CASE WHEN ${time} >= TIMESTAMP '1990-01-01' AND ${time} < TIMESTAMP '2100-01-01' THEN ${time} END`

const either = (quick: string, careful: string): string => `coalesce(${quick}, ${careful})`

/** Codes are text, kept in one spelling. */
export function readCode({ raw }: ColumnToRead): ColumnReading {
  return {
    quick: `CASE WHEN ${isPlainCode(raw)} AND NOT (${isShortWord(raw)}) THEN ${raw} END`,
    careful: `CASE WHEN ${isShortWord('raw')} THEN NULL ELSE nullif(${foldCodeSql('raw')}, '') END`,
    value: either,
    problem: (name) => `strlen(${name}) > 200`,
    reason: 'cell_too_long',
  }
}

export function readText({ raw }: ColumnToRead): ColumnReading {
  return { quick: `CASE WHEN ${isShortWord(raw)} THEN NULL ELSE ${raw} END`, reason: 'cell_too_long' }
}

/**
 * A choice of a vocabulary: the spellings of the sample are compared as they are, all others folded. `type` is the SQL type,
 * `empty` what an empty cell says (null: not known).
 */
export function readChoice(
  { raw, sample }: ColumnToRead,
  vocabulary: Record<string, string[]>,
  type: string,
  empty: string | null,
): ColumnReading {
  const valueOf = new Map<string, string>()
  for (const [value, labels] of Object.entries(vocabulary)) {
    for (const label of [value, ...labels]) if (!valueOf.has(fold(label))) valueOf.set(fold(label), value)
  }
  const constant = (value: string | null): string =>
    value === null ? `NULL::${type}` : type === 'BOOLEAN' ? value : `${literal(value)}::${type}`
  const counts = new Map<string, number>()
  for (const text of sample) counts.set(text, (counts.get(text) ?? 0) + 1)
  const seen = [...counts]
    .filter(([text]) => text !== '' && valueOf.has(fold(text)))
    .sort((a, b) => b[1] - a[1])
    .slice(0, 40)
    .map(([text]) => `WHEN ${literal(text)} THEN ${constant(valueOf.get(fold(text))!)}`)
  const spellings = [...valueOf].flatMap(([label, value]) => toneSpellings(label).map((spelling) => [spelling, value] as const))
  const known = (cell: string): string => {
    const place = `list_position([${spellings.map(([spelling]) => literal(spelling)).join(', ')}], lower(${cell}))`
    return `[${spellings.map(([, value]) => (type === 'BOOLEAN' ? value : literal(value))).join(', ')}][${place}]::${type}`
  }
  const nothing = (cell: string): string =>
    empty === null ? '' : ` WHEN ${cell} = '' OR ${isWord(cell)} THEN coalesce(${known(cell)}, ${constant(empty)})`
  return {
    quick: seen.length > 0 ? `CASE ${raw} ${seen.join(' ')} END` : constant(null),
    careful: cleanSql('raw'),
    value: (quick, cell) =>
      `CASE WHEN ${raw} IS NULL THEN ${constant(empty)} WHEN ${quick} IS NOT NULL THEN ${quick}${nothing(cell)} ELSE ${known(cell)} END`,
    unread: SAYS_SOMETHING,
    reason: 'unknown_value',
  }
}

const replaced = (text: string, [pattern, replacement]: Rewriting): string =>
  `regexp_replace(${text}, ${literal(pattern)}, ${literal(replacement.replaceAll('$', '\\'))}, 'i')`
const isLike = (text: string, pattern: string): string => `regexp_matches(${text}, ${literal(pattern)}, 'i')`

/** SQL of a point in time over the cleaned `cell`, given that of one over a `cell` whose time is in digits, on a clock of 24 hours. */
function onClock(plain: string): string {
  const worded = WORDED.reduce(replaced, 'cell')
  const digits = replaced(replaced('worded', [half('any'), '$1$2']), [END_OF_DAY, '$100$2$3'])
  const hours = (count: string): string => `date_trunc('day', time) + to_hours(${count}) + (time - date_trunc('hour', time))`
  const mayBe = isLike('cell', MAY_BE_WORDED)
  return `list_transform([CASE WHEN ${mayBe} THEN ${worded} ELSE cell END], lambda worded:
    list_transform([list_transform([CASE WHEN ${mayBe} THEN ${digits} ELSE cell END], lambda cell: ${plain})[1]], lambda time: CASE
      WHEN time IS NULL OR NOT ${mayBe} THEN time
      WHEN ${isLike('worded', END_OF_DAY)} THEN CASE WHEN NOT ${isLike('worded', half('any'))} THEN date_trunc('day', time) + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND END
      WHEN ${isLike('worded', half('am'))} THEN CASE WHEN hour(time) <= 12 THEN ${hours('hour(time) % 12')} END
      WHEN ${isLike('worded', half('pm'))} THEN CASE WHEN hour(time) > 0 THEN ${hours('CASE WHEN hour(time) < 12 THEN hour(time) + 12 ELSE hour(time) END')} END
      ELSE time END)[1])[1]`
}

/**
 * A point in time of the years that are read; the same forms as parseTime. `dateSystem` is the epoch of Excel serials.
 * `mayBeOpen`: whether the last day of the calendar says that there is none yet.
 */
export function readTime({ raw, sample }: ColumnToRead, dateSystem: 1900 | 1904 = 1900, mayBeOpen = false): ColumnReading {
  const serialEpoch = dateSystem === 1904 ? '1904-01-01' : '1899-12-30'
  const clock = '\\d{1,2}:\\d{1,2}(:\\d{1,2})?'
  const day = '\\d{4}-\\d{1,2}-\\d{1,2}'
  const isoClock = '[T ]([01]?\\d|2[0-3]):[0-5]?\\d(:[0-5]?\\d)?'
  const form = `CASE
    WHEN strlen(cell) < 17 THEN cell
    WHEN contains(cell, ':') THEN regexp_replace(cell, '${FRACTION}', '\\1')
    ELSE regexp_replace(cell, '${DIGITS_WITH_FRACTION}', '\\1') END`
  const fraction = (pattern: string): string => `to_microseconds(rpad(left(regexp_extract(cell, '${pattern}', 2), 6), 6, '0')::BIGINT)`
  const careful = overClean(
    'raw',
    onClock(`list_transform([${form}], lambda whole: CASE
    WHEN regexp_full_match(whole, '\\d{14}') THEN try_strptime(whole, '%Y%m%d%H%M%S')
    WHEN regexp_full_match(whole, '\\d{12}') THEN try_strptime(whole, '%Y%m%d%H%M')
    WHEN regexp_full_match(whole, '\\d{8}') THEN try_strptime(whole, '%Y%m%d')
    WHEN regexp_full_match(whole, '\\d{5}(\\.\\d+)?') THEN TIMESTAMP '${serialEpoch}' + to_seconds(round(whole::DOUBLE * 86400)::BIGINT)
    WHEN regexp_full_match(whole, '${day}(${isoClock})?') THEN try_strptime(replace(whole, 'T', ' '), ${list(['%Y-%m-%d %H:%M:%S', '%Y-%m-%d %H:%M', '%Y-%m-%d'])})
    WHEN regexp_full_match(whole, '${day}${isoClock}\\s?(Z|[+-](0\\d|1[0-4])(:?[0-5]\\d)?)') THEN
      (TRY_CAST(regexp_replace(regexp_replace(regexp_replace(whole, '^([^:]*:\\d{1,2})(\\s?(Z|[+-]).*)$', '\\1:00\\2'), '([+-]\\d{2})(\\d{2})$', '\\1:\\2'), '\\s(Z|[+-])', '\\1') AS TIMESTAMPTZ) AT TIME ZONE 'UTC' + INTERVAL 7 HOUR)
    WHEN regexp_full_match(whole, '\\d{1,2}[/.-]\\d{1,2}[/.-]\\d{4}( ${clock})?') THEN try_strptime(translate(whole, '.-', '//'), ${list(SLASHED)})
    WHEN regexp_full_match(whole, '${clock} \\d{1,2}[/.-]\\d{1,2}[/.-]\\d{4}') THEN try_strptime(translate(whole, '.-', '//'), ${list(['%H:%M:%S %d/%m/%Y', '%H:%M %d/%m/%Y'])})
  END)[1] + CASE
    WHEN strlen(cell) < 17 THEN INTERVAL 0 SECOND
    WHEN contains(cell, ':') THEN ${fraction(FRACTION)}
    ELSE ${fraction(DIGITS_WITH_FRACTION)} END`),
  )
  const forms = { '/': 0, '.': 0, '-': 0, digits: 0, iso: 0 }
  for (const text of sample) {
    const mark = /^\d{1,2}([/.-])\d{1,2}\1\d{4}/.exec(text)?.[1] as '/' | '.' | '-' | undefined
    if (mark !== undefined) forms[mark]++
    else if (/^\d{14}$/.test(text)) forms.digits++
    else if (/^\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d)?$/.test(text)) forms.iso++
  }
  const byLength = (length: number): number => sample.filter((text) => text.length === length).length
  const order = [...SLASHED].sort(
    (a, b) => byLength(b === SLASHED[1] ? 10 : b === SLASHED[0] ? 19 : 16) - byLength(a === SLASHED[1] ? 10 : a === SLASHED[0] ? 19 : 16),
  )
  const mark = (['.', '-'] as const).find((one) => forms[one] > forms['/']) ?? '/'
  const quick =
    forms.digits > forms[mark]
      ? `CASE WHEN strlen(${raw}) = 14 THEN try_strptime(${raw}, '%Y%m%d%H%M%S') END`
      : forms.iso > forms[mark]
        ? `CASE strlen(${raw}) WHEN 19 THEN try_strptime(${raw}, '%Y-%m-%d %H:%M:%S') WHEN 10 THEN try_strptime(${raw}, '%Y-%m-%d') END`
        : `try_strptime(${raw}, ${list(order.map((format) => format.replaceAll('/', mark)))})`
  return {
    quick,
    careful,
    value: either,
    within: inYears,
    unread: saysTime(mayBeOpen),
    reason: 'invalid_date',
  }
}

/**
 * Whole đồng: `120.000`, `120,000`, `120000`, `120.000 đ`, `Miễn` (0). A mark groups exactly three digits, since no fee has three decimals; anything
 * else is a problem.
 */
export function readMoney({ raw }: ColumnToRead): ColumnReading {
  const grouped = `\\d{1,3}(\\.\\d{3})+(,0{1,2})?`
  const byCommas = `[1-9]\\d{0,2}(,\\d{3})+(\\.0{1,2})?`
  const careful = `list_transform([regexp_replace(lower(${cleanSql('raw')}), '\\s*(đồng|đ|vnđ|vnd|₫)$', '')], lambda cell: CASE
    WHEN regexp_full_match(cell, '${grouped}|\\d+(,0{1,2})?') THEN TRY_CAST(replace(regexp_replace(cell, ',0+$', ''), '.', '') AS BIGINT)
    WHEN regexp_full_match(cell, '${byCommas}') THEN TRY_CAST(replace(regexp_replace(cell, '\\.0+$', ''), ',', '') AS BIGINT)
    WHEN cell IN ('miễn', 'miễn phí', 'không', 'không thu', '-') THEN 0
  END)[1]`
  return {
    quick: `CASE WHEN ${raw} = '0' THEN 0 WHEN regexp_full_match(${raw}, '\\d+|\\d{1,3}(\\.\\d{3})+') THEN TRY_CAST(replace(${raw}, '.', '') AS BIGINT) END`,
    careful,
    value: either,
    unread: SAYS_SOMETHING,
    reason: 'invalid_number',
  }
}
