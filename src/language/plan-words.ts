import { fold } from './fold.js'
import { parseShare } from './number.js'

/** How a figure must stand to its target. */
export const OPERATORS = ['>=', '>', '<=', '<'] as const
export type Operator = (typeof OPERATORS)[number]

/** A plan's value: a fraction, and the operator where the plan says one. */
export type PlanValue =
  { share: number; operator: Operator | null } | { problem: 'ambiguous' | 'impossible' | 'unreadable' | 'range' | 'change' | 'place' }

/* The longer before those they contain. */
const BEFORE: readonly (readonly [operator: Operator, words: RegExp])[] = [
  [
    '>=',
    /^(không (dưới|thấp hơn|ít hơn|nhỏ hơn)|tối thiểu( là)?|ít nhất( là)?|từ|>=|=>|≥|⩾|at least|minimum|no less than|not less than)\s*/,
  ],
  [
    '<=',
    /^(không (quá|vượt quá|vượt|cao hơn|lớn hơn|nhiều hơn|trên)|tối đa( là)?|nhiều nhất( là)?|<=|=<|≤|⩽|at most|maximum|no more than|not more than|up to)\s*/,
  ],
  ['>', /^(trên|hơn|cao hơn|lớn hơn|nhiều hơn|vượt|>|more than|over|above|greater than)\s*/],
  ['<', /^(dưới|thấp hơn|nhỏ hơn|ít hơn|<|less than|under|below)\s*/],
]
const AFTER: readonly (readonly [operator: Operator, words: RegExp])[] = [
  ['>=', /\s*(trở lên|or more|or higher|\+)$/],
  ['<=', /\s*(trở xuống|or less|or lower)$/],
]
const AIM = /^(phấn đấu|đạt|duy trì|bảo đảm|đảm bảo|tỷ lệ|tỉ lệ|reach|aim for)(\s+|$)/
const CHANGE = /(tăng|giảm|so với|điểm( phần trăm)?$|điểm phần trăm|points?$|^\+)/
const PLACE = /(nhóm|hạng|bậc|thứ|top|xếp)/

/**
 * What a plan says of a value: `từ 95% trở lên`, `trên 60%`, `không quá 1%`, `< 1 %`, `tối thiểu 80`, `phấn đấu đạt 95 phần trăm`, or the value
 * alone. Ranges, changes ("tăng 5 điểm phần trăm") and places ("trong nhóm 10") are told apart, and not read. `isPercent`: its column says that its numbers are per cent.
 */
export function parsePlanValue(text: string, isPercent = false): PlanValue {
  let rest = fold(text).replace(/[.;]$/, '')
  let aims = false
  for (let next = rest.replace(AIM, ''); next !== rest; next = rest.replace(AIM, '')) [rest, aims] = [next, true]
  if (CHANGE.test(rest)) return { problem: 'change' }
  if (PLACE.test(rest)) return { problem: 'place' }
  let operator: Operator | null = null
  for (const [one, words] of BEFORE) {
    if (operator !== null || !words.test(rest)) continue
    operator = one
    rest = rest.replace(words, '')
  }
  for (const [one, words] of AFTER) {
    if (!words.test(rest)) continue
    if (operator === '<=' && one === '>=') return { problem: 'unreadable' }
    if (operator !== null && operator !== '>=') return { problem: 'unreadable' }
    operator = one
    rest = rest.replace(words, '')
  }
  rest = rest.replace(/\s*(phần trăm|percent|per cent)$/, '%').replace(AIM, '')
  if (/^[\d.,]+\s*%?\s*(-|–|—|đến|tới|to|~)\s*[\d.,]+\s*%?$/.test(rest)) return { problem: 'range' }
  const read = parseShare(rest, isPercent)
  if ('problem' in read) return read
  if ((operator === '>' && read.share >= 1) || (operator === '<' && read.share <= 0)) return { problem: 'impossible' }
  return { share: read.share, operator: operator ?? (aims ? '>=' : null) }
}

/** Whether a figure that equals its target misses it. */
export const isStrict = (operator: Operator | null): operator is '>' | '<' => operator === '>' || operator === '<'

/** The operator of a target whose plan says none. */
export const usualOperator = (direction: 'higher' | 'lower'): '>=' | '<=' => (direction === 'higher' ? '>=' : '<=')
