import { clean } from './fold.js'
import { compose } from './date.js'

type Token = 'd' | 'M' | 'y' | 'H' | 'm' | 's'

/** A format of points in time, as definitions give it: what stands where in a text. */
export interface DateFormat {
  parts: readonly ({ token: Token; digits: number } | { literal: string })[]
  /** Regular expression of a whole text in this format: a group for each token, in order. */
  pattern: string
}

const TOKENS: Record<string, string> = { d: '\\d{1,2}', dd: '\\d{2}', M: '\\d{1,2}', MM: '\\d{2}', yy: '\\d{2}', yyyy: '\\d{4}' }
for (const token of 'Hms') Object.assign(TOKENS, { [token]: '\\d{1,2}', [token + token]: '\\d{2}' })
const NAMES: Record<Token, string> = { d: 'day', M: 'month', y: 'year', H: 'hour', m: 'minute', s: 'second' }

/** Why a text is no format of points in time; null where it is one. */
export function dateFormatProblem(text: string): string | null {
  try {
    readDateFormat(text)
    return null
  } catch (error) {
    if (error instanceof SyntaxError) return error.message
    throw error
  }
}

/**
 * Reads a format such as `dd/MM/yyyy HH:mm` or `d 'tháng' M 'năm' yyyy`: tokens d, dd, M, MM, yy (of this century), yyyy, H, HH, m, mm, s,
 * ss; what is neither a letter nor a digit stands for itself, letters in quotes too. Throws a SyntaxError for anything else.
 */
export function readDateFormat(text: string): DateFormat {
  const parts: ({ token: Token; digits: number } | { literal: string })[] = []
  for (const [run, quoted] of clean(text).matchAll(/'([^'\d]*)'|([\p{L}\p{N}])\2*|[^]/gu)) {
    if (run in TOKENS) parts.push({ token: run[0] as Token, digits: run.length })
    else if (quoted !== undefined) parts.push({ literal: quoted || "'" })
    else if (run === "'" || /[\p{L}\p{N}]/u.test(run))
      throw new SyntaxError(
        `"${run}" is none of ${Object.keys(TOKENS).join(', ')}; letters that stand for themselves are written in quotes: 'T'`,
      )
    else parts.push({ literal: run })
  }
  const tokens = parts.flatMap((part) => ('token' in part ? [part.token] : []))
  const said = (token: Token): boolean => tokens.includes(token)
  const twice = tokens.find((token, i) => tokens.indexOf(token) !== i)
  if (twice) throw new SyntaxError(`it says the ${NAMES[twice]} twice`)
  const missing = (['d', 'M', 'y'] as const).find((token) => !said(token))
  if (missing) throw new SyntaxError(`it does not say the ${NAMES[missing]}`)
  if ((said('s') && !said('m')) || (said('m') && !said('H'))) throw new SyntaxError('minutes need hours, and seconds need minutes')
  for (const [i, part] of parts.entries()) {
    const next = parts[i + 1]
    if ('token' in part && part.digits === 1 && next && 'token' in next)
      throw new SyntaxError(`"${part.token}" has one digit or two: write "${part.token.repeat(2)}" before "${next.token}"`)
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
  const year = said.get('y')!
  return compose(year.length === 2 ? `20${year}` : year, said.get('M')!, said.get('d')!, said.get('H'), said.get('m'), said.get('s'))
}

const escaped = (literal: string): string => literal.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
