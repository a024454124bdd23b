import { clean, fold } from '../language/fold.js'
import { say, type Message } from '../messages/message.js'
import { isAsPublished } from '../language/format.js'
import { parseShare } from '../language/number.js'
import { parseMarked, type Marks } from '../language/number-marks.js'
import type { RecordReject } from './records.js'

/** What a reported value is of: a share, a place in a ranking, so many places up or down; null: a number of its own. */
export type Measure = 'percent' | 'rank' | 'places'
/** Where the true figure lies beside the value: `≈` near it. */
export type Bound = '>' | '≥' | '<' | '≤' | '≈'

/** A value as it is reported: a share as a fraction; `digits` are the decimals it was published with, of per cent where it is a share. */
export interface ReportedValue {
  value: number
  digits: number
  measure: Measure | null
  bound: Bound | null
}

export interface ValueContext {
  /** Of a metric, whose values are shares. */
  isRate: boolean
  /** The heading, the title or the unit of measurement says per cent. */
  isPercent: boolean
  /** A bare value of at most 1 is the one or the other, as the counts beside it say. */
  counts: { numerator: number; denominator: number } | null
  marks: Marks
}

const BOUNDS: [RegExp, Bound][] = [
  [/^từ (?=.* trở lên$)|^(?:≥|>=|tối thiểu|ít nhất|không dưới|at least) ?/, '≥'],
  [/^từ (?=.* trở xuống$)|^(?:≤|<=|tối đa|nhiều nhất|không quá|không vượt quá|at most) ?/, '≤'],
  [/^(?:>|trên|hơn|vượt|over|above|more than) ?/, '>'],
  [/^(?:<|dưới|kém|under|below|less than) ?/, '<'],
  [/^(?:≈|~|khoảng|gần|xấp xỉ|ước|ước đạt|about|nearly) ?/, '≈'],
]

const CHANGE = /(?:^|[\s(:,;])(tăng|lên|giảm|tụt|xuống|up|down)\s+(\d{1,3})\s+(?:bậc|hạng|places?|ranks?)/
const UNCHANGED = /^(?:giữ nguyên|không đổi|không thay đổi|unchanged)(?:\s|$|,|;)/
const PLACE = /^(?:xếp |đứng )?(?:thứ |hạng |thứ hạng |rank )?(\d{1,4}) ?\/ ?(\d{1,4})$/
const PLACE_ALONE = /^(?:xếp |đứng )?(?:thứ |hạng |thứ hạng |rank )(\d{1,4})$/

/** Whether an indicator is a place in a ranking by its name. */
export function isRanking(name: string): boolean {
  return /(^|[\s_])(rank|xếp hạng|thứ hạng|vị trí xếp|hạng)([\s_]|$)/.test(fold(name))
}

/** "Tăng 16 bậc", "giảm 3 bậc", "giữ nguyên": places up, down, none; null where a text says no such thing. */
export function readPlaces(text: string): number | null {
  const plain = fold(text)
  const change = CHANGE.exec(plain)
  if (change) return (/^(tăng|lên|up)$/.test(change[1]!) ? 1 : -1) * Number(change[2])
  return UNCHANGED.test(plain) ? 0 : null
}

/** A place in a ranking, `32/63`; null where a text says none. `isNamed`: the indicator is one. */
export function readRank(text: string, isNamed: boolean): { place: number; of: number | null } | null {
  const plain = fold(text)
  const [said, alone] = [PLACE.exec(plain), PLACE_ALONE.exec(plain)]
  if (alone) return { place: Number(alone[1]), of: null }
  return said && (isNamed || !/^\d/.test(plain)) ? { place: Number(said[1]), of: Number(said[2]) } : null
}

/** Reads the cell of a value. A bare share of at most 1 without counts may be either: `ambiguous_value`. */
export function readValue(cell: string, context: ValueContext): ReportedValue | RecordReject {
  const places = readPlaces(cell)
  if (places !== null) return { value: places, digits: 0, measure: 'places', bound: null }
  const { bound, text } = boundOf(cell)
  const isShare = context.isRate || context.isPercent || text.endsWith('%')
  return isShare ? readShare(cell, text, bound, context) : readNumber(cell, text, bound, context.marks)
}

function boundOf(cell: string): { bound: Bound | null; text: string } {
  const plain = fold(cell).replace(/^đạt (?=\D*\d)/, '')
  for (const [pattern, bound] of BOUNDS)
    if (pattern.test(plain)) return { bound, text: clean(plain.replace(pattern, '').replace(/ trở (lên|xuống)$/, '')) }
  return { bound: null, text: plain }
}

function readShare(cell: string, text: string, bound: Bound | null, { isPercent, counts }: ValueContext): ReportedValue | RecordReject {
  const isSaid = isPercent || text.endsWith('%')
  const asPercent = parseShare(text, true)
  if (!('share' in asPercent))
    return refusal(cell, asPercent.problem === 'impossible' ? 'impossible_share' : 'invalid_number', say('ingest.write_percent'))
  const digits = decimalsOf(text)
  const share = (value: number, decimals: number): ReportedValue => ({ value, digits: decimals, measure: 'percent', bound })
  const number = asPercent.share * 100
  if (isSaid || number > 1 || number === 0) return share(asPercent.share, digits)
  if (counts === null) return refusal(cell, 'ambiguous_value', say('ingest.write_either_percent', { first: text, second: percentOf(text) }))
  const asFraction = Number(text.replace(',', '.'))
  return isAsPublished(asFraction, counts.numerator / counts.denominator, Math.max(0, digits - 2))
    ? share(asFraction, Math.max(0, digits - 2))
    : share(asPercent.share, digits)
}

function readNumber(cell: string, text: string, bound: Bound | null, marks: Marks): ReportedValue | RecordReject {
  const number = parseMarked(text, marks)
  if (number === null) return refusal(cell, 'invalid_number', say('ingest.write_percent_or_number'))
  if (typeof number === 'object') return refusal(cell, 'ambiguous_number', bothReadings(text, number.readings))
  return { value: number, digits: (String(number).split('.')[1] ?? '').length, measure: null, bound }
}

/** "1,000" is 1 or 1000: what to write for the one and the other. */
export function bothReadings(text: string, [vi, en]: readonly [number, number]): Message {
  const written = (number: number): string => String(number).replace('.', ',')
  return say('ingest.two_readings', { text, first: String(vi), second: String(en), write_first: written(vi), write_second: written(en) })
}

const decimalsOf = (text: string): number => /[.,](\d+)/.exec(text)?.[1]!.length ?? 0
const percentOf = (text: string): string => String(Number((Number(text.replace(',', '.')) * 100).toPrecision(12))).replace('.', ',')
const refusal = (text: string, reason: string, hint: Message): RecordReject => ({ column: 'value', text, reason, hint })
