/** What an expression gives. `choice`: one of a few values; `nothing`: NULL. */
export type Sort = 'choice' | 'text' | 'number' | 'time' | 'interval' | 'flag' | 'nothing'

interface Allowed {
  takes: readonly Sort[]
  gives: Sort | 'first'
}

const TEXT: readonly Sort[] = ['text', 'number', 'nothing']
const NUMBER: readonly Sort[] = ['number', 'nothing']
const TIME: readonly Sort[] = ['time', 'interval', 'nothing']
const PART: readonly Sort[] = ['text', 'time', 'interval', 'nothing']

const group = (names: string, takes: readonly Sort[], gives: Allowed['gives']): [string, Allowed][] =>
  names.split(' ').map((name) => [name, { takes, gives }])

/**
 * The functions that a condition may use: of the row alone, the same at every call, and no dearer than their arguments are long. What
 * is spelled as SQL of its own (EXTRACT, INTERVAL) is a function of the engine too.
 */
export const FUNCTIONS: ReadonlyMap<string, Allowed> = new Map([
  ...group('abs round floor ceil ceiling trunc sign', NUMBER, 'number'),
  ...group('lower upper trim ltrim rtrim left right substring substr', TEXT, 'text'),
  ...group('length char_length character_length strlen position strpos instr', TEXT, 'number'),
  ...group('starts_with prefix ^@ ends_with suffix contains', TEXT, 'flag'),
  ...group('year quarter month week weekofyear day dayofmonth dayofweek weekday isodow dayofyear hour minute second', TIME, 'number'),
  ...group('date_part datepart date_diff datediff date_sub datesub', PART, 'number'),
  ...group('date_trunc datetrunc last_day', PART, 'time'),
  ...group('to_years to_quarters to_months to_weeks to_days to_hours to_minutes to_seconds', NUMBER, 'interval'),
])

/** Those that people know by name, for saying what is allowed. */
export const NAMED_FUNCTIONS =
  'coalesce, nullif, abs, round, floor, ceil, lower, upper, trim, left, right, substring, length, position, starts_with, ends_with, contains, year, quarter, month, day, isodow, hour, extract, datediff, date_trunc, last_day, greatest, least'

/** Functions and words of the engine that give something else at another call. */
export const VOLATILE = new Set(
  (
    'random setseed uuid gen_random_uuid uuidv4 uuidv7 now today current_date current_time current_timestamp localtime localtimestamp ' +
    'get_current_time get_current_timestamp transaction_timestamp txid_current nextval currval pg_sleep current_user user session_user'
  ).split(' '),
)

export const ARITHMETIC = new Set(['+', '-', '*', '/', '//', '%'])

/** Comparisons with a pattern: the operator of the engine, whether it is denied, and whether letters of both cases are one. */
export const LIKES: ReadonlyMap<string, { isNot: boolean; isCaseless: boolean }> = new Map([
  ['~~', { isNot: false, isCaseless: false }],
  ['!~~', { isNot: true, isCaseless: false }],
  ['~~*', { isNot: false, isCaseless: true }],
  ['!~~*', { isNot: true, isCaseless: true }],
])

/** Types that a value may be turned into, and what it is then. */
export const CASTS: ReadonlyMap<string, Sort> = new Map([
  ['VARCHAR', 'text'],
  ['DATE', 'time'],
  ['TIMESTAMP', 'time'],
  ['BOOLEAN', 'flag'],
  ['TINYINT', 'number'],
  ['SMALLINT', 'number'],
  ['INTEGER', 'number'],
  ['BIGINT', 'number'],
  ['FLOAT', 'number'],
  ['DOUBLE', 'number'],
  ['INTERVAL', 'interval'],
])

export const COMPARISONS: ReadonlyMap<string, string> = new Map([
  ['COMPARE_EQUAL', '='],
  ['COMPARE_NOTEQUAL', '<>'],
  ['COMPARE_LESSTHAN', '<'],
  ['COMPARE_GREATERTHAN', '>'],
  ['COMPARE_LESSTHANOREQUALTO', '<='],
  ['COMPARE_GREATERTHANOREQUALTO', '>='],
  ['COMPARE_DISTINCT_FROM', 'IS DISTINCT FROM'],
  ['COMPARE_NOT_DISTINCT_FROM', 'IS NOT DISTINCT FROM'],
])
