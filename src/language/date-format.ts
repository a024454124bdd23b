import { HALF, hourIn, LAST_MOMENT, MORNING } from './clock.js'
import { compose } from './date.js'
import { clean } from './fold.js'
import { listed, say, type Message } from '../messages/message.js'
import { Unfit } from '../messages/unfit.js'

type Token = 'd' | 'M' | 'y' | 'H' | 'h' | 'm' | 's' | 'a'

/** A format of points in time, as definitions give it: what stands where in a text. */
export interface DateFormat {
  parts: readonly ({ token: Token; digits: number } | { literal: string })[]
  /** Regular expression of a whole text in this format: a group for each token, in order. */
  pattern: string
}

const TOKENS: Record<string, string> = { d: '\\d{1,2}', dd: '\\d{2}', M: '\\d{1,2}', MM: '\\d{2}', yy: '\\d{2}', yyyy: '\\d{4}' }
for (const token of 'Hhms') Object.assign(TOKENS, { [token]: '\\d{1,2}', [token + token]: '\\d{2}' })
TOKENS.a = HALF
const NAMES = { d: 'day', M: 'month', y: 'year', H: 'hour', h: 'hour', m: 'minute', s: 'second', a: 'half_day' } as const

/** Why a text is no format of points in time; null where it is one. */
export function dateFormatProblem(text: string): Message | null {
  try {
    readDateFormat(text)
    return null
  } catch (error) {
    if (error instanceof Unfit) return error.says
    throw error
  }
}

/**
 * Reads a format such as `dd/MM/yyyy HH:mm` or `d 'tháng' M 'năm' yyyy`: tokens d, dd, M, MM, yy (of this century), yyyy, H, HH, h, hh (1–12,
 * with a: SA, CH, AM, PM), m, mm, s, ss; what is neither a letter nor a digit stands for itself, letters in quotes too. Error: Unfit, for
 * anything else.
 */
export function readDateFormat(text: string): DateFormat {
  const parts: ({ token: Token; digits: number } | { literal: string })[] = []
  for (const [run, quoted] of clean(text).matchAll(/'([^'\d]*)'|([\p{L}\p{N}])\2*|[^]/gu)) {
    if (run in TOKENS) parts.push({ token: run[0] as Token, digits: run.length })
    else if (quoted !== undefined) parts.push({ literal: quoted || "'" })
    else if (run === "'" || /[\p{L}\p{N}]/u.test(run))
      throw new Unfit(say('definitions.format_token', { run, all: listed(Object.keys(TOKENS)) }))
    else parts.push({ literal: run })
  }
  const tokens = parts.flatMap((part) => ('token' in part ? [part.token] : []))
  const said = (token: Token): boolean => tokens.includes(token)
  const twice = tokens.find((token, i) => tokens.indexOf(token) !== i)
  if (twice) throw new Unfit(say('definitions.format_twice', { part: say(`definitions.${NAMES[twice]}`) }))
  const missing = (['d', 'M', 'y'] as const).find((token) => !said(token))
  if (missing) throw new Unfit(say('definitions.format_missing', { part: say(`definitions.${NAMES[missing]}`) }))
  if (said('H') && said('h')) throw new Unfit(say('definitions.format_twice', { part: say('definitions.hour') }))
  if (said('h') !== said('a')) throw new Unfit(say('definitions.format_half_day'))
  if ((said('s') && !said('m')) || (said('m') && !said('H') && !said('h'))) throw new Unfit(say('definitions.format_order'))
  for (const [i, part] of parts.entries()) {
    const next = parts[i + 1]
    if ('token' in part && part.token !== 'a' && part.digits === 1 && next && 'token' in next && next.token !== 'a')
      throw new Unfit(say('definitions.format_digits', { token: part.token, double: part.token.repeat(2), next: next.token }))
  }
  const pattern = parts.map((part) => ('token' in part ? `(${TOKENS[part.token.repeat(part.digits)]})` : escaped(part.literal))).join('')
  return { parts, pattern }
}

/** A text in one format alone as local time `yyyy-MM-dd HH:mm:ss`; null when it is in another, or says no day from 1990 to 2099. */
export function parseTimeIn(format: DateFormat, text: string): string | null {
  const match = new RegExp(`^${format.pattern}$`).exec(clean(text))
  if (!match) return null
  const said = new Map<Token, string>()
  let group = 1
  for (const part of format.parts) if ('token' in part) said.set(part.token, match[group++]!)
  const written = said.get('y')!
  const day = [written.length === 2 ? `20${written}` : written, said.get('M')!, said.get('d')!] as const
  const rest = [said.get('m'), said.get('s')] as const
  if (said.get('H') === '24') {
    const midnight = compose(...day, '0', ...rest)
    return midnight?.endsWith(' 00:00:00') ? `${midnight.slice(0, 10)} ${LAST_MOMENT}` : null
  }
  const half = said.get('a')
  if (half === undefined) return compose(...day, said.get('H'), ...rest)
  const hour = Number(said.get('h'))
  return hour < 1 || hour > 12 ? null : compose(...day, String(hourIn(hour, MORNING.test(half) ? 'am' : 'pm')), ...rest)
}

const escaped = (literal: string): string => literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
