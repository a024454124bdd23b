import { say, type Message } from '../messages/message.js'
import { Unfit } from '../messages/unfit.js'

/** A part of a regular expression: whether it can match nothing, its steps written out, whether it has a group that is kept, or loops. */
interface Part {
  isNullable: boolean
  steps: number
  keeps: boolean
  loops: boolean
}

const NOTHING: Part = { isNullable: true, steps: 0, keeps: false, loops: false }
/* Repetitions are written out by engines that never backtrack, which bounds how many they take. */
const MOST_STEPS = 250
const ESCAPE = /\\(?:[dDwWsStnrfv^$\\.*+?()[\]{}|/-]|x[\da-fA-F]{2}|[pP]\{(?:L[ultmo]?|M[nce]?|N[dlo]?|P[cdsefio]?|S[mcko]?|Z[slp]?)\})/y
const QUANTIFIER = /(?:[*+?]|\{(\d+)(,?)(\d*)\})\??/y

/**
 * Why a regular expression can't stand in a definition; null where it can. It must mean the same to JavaScript (with the u flag) and to
 * RE2: nothing that looks around or back, no flags and names, no repetition of what may be empty; nor of repetitions without end. With `needsGroup` its first group is
 * what counts: there must be one, and none is repeated.
 */
export function patternProblem(source: string, needsGroup = false): Message | null {
  try {
    new RegExp(source, 'u')
    const { steps, groups } = new PatternReader(source, needsGroup).whole()
    if (needsGroup && groups === 0) return say('definitions.pattern_no_group')
    return steps > MOST_STEPS ? say('definitions.pattern_too_long', { steps, most: MOST_STEPS }) : null
  } catch (error) {
    if (error instanceof Unfit) return error.says
    if (error instanceof SyntaxError) return say('definitions.pattern_invalid', { problem: error.message })
    throw error
  }
}

/** The expression in the form in which cells are compared. */
export function patternOf(source: string): string {
  return source.normalize('NFC')
}

/** Walks over an expression that JavaScript takes; what RE2 takes otherwise, or not at all, is a SyntaxError. */
class PatternReader {
  private at = 0
  private groups = 0

  constructor(
    private readonly source: string,
    private readonly needsGroup: boolean,
  ) {}

  whole(): { steps: number; groups: number } {
    const { steps } = this.alternatives()
    return { steps, groups: this.groups }
  }

  private alternatives(): Part {
    const whole = this.sequence()
    while (this.source[this.at] === '|') {
      this.at++
      const other = this.sequence()
      whole.isNullable ||= other.isNullable
      whole.steps += other.steps + 1
      whole.keeps ||= other.keeps
      whole.loops ||= other.loops
    }
    return whole
  }

  private sequence(): Part {
    const whole: Part = { ...NOTHING }
    while (this.at < this.source.length && !'|)'.includes(this.source[this.at]!)) {
      const start = this.at
      const part = this.repeated(this.atom(), start)
      whole.isNullable &&= part.isNullable
      whole.steps += part.steps
      whole.keeps ||= part.keeps
      whole.loops ||= part.loops
    }
    return whole
  }

  private repeated(part: Part, start: number): Part {
    const match = this.take(QUANTIFIER)
    if (!match) return part
    const written = this.source.slice(start, this.at)
    if (part.isNullable) throw new Unfit(say('definitions.pattern_repeats_empty', { part: written }))
    const [least, most] = bounds(match)
    if (part.loops && most > 1) throw new Unfit(say('definitions.pattern_repeats_loop', { part: written }))
    if (part.keeps && this.needsGroup && most > 1) throw new Unfit(say('definitions.pattern_repeats_group', { part: written }))
    const times = most === Infinity ? least : most
    const loops = part.loops || most === Infinity
    return { isNullable: least === 0, steps: part.steps * Math.max(times, 1) + 1, keeps: part.keeps, loops }
  }

  private atom(): Part {
    const character = this.source[this.at]!
    if (character === '(') return this.group()
    if (character === '[') this.characterClass()
    else if (character === '\\') {
      if (this.take(/\\[bB]/y)) return { ...NOTHING }
      this.escape()
    } else {
      this.at += String.fromCodePoint(this.source.codePointAt(this.at)!).length
      if (character === '^' || character === '$') return { ...NOTHING }
    }
    return { ...NOTHING, isNullable: false, steps: 1 }
  }

  private group(): Part {
    const keeps = !this.take(/\(\?:/y)
    if (keeps && this.take(/\(\?/y)) throw new Unfit(say('definitions.pattern_flags'))
    if (keeps) {
      this.at++
      this.groups++
    }
    const inside = this.alternatives()
    this.at++
    return { ...inside, steps: inside.steps + 1, keeps: keeps || inside.keeps }
  }

  private characterClass(): void {
    const start = this.at
    this.take(/\[\^?/y)
    for (let isEmpty = true; this.source[this.at] !== ']' || isEmpty; isEmpty = false) {
      const character = this.source[this.at]
      if (character === ']') throw new Unfit(say('definitions.pattern_empty_class'))
      if (character === '[') throw new Unfit(say('definitions.pattern_bracket', { part: this.source.slice(start, this.at + 1) }))
      if (character === '\\') this.escape()
      else this.at++
    }
    this.at++
  }

  private escape(): void {
    if (!this.take(ESCAPE)) throw new Unfit(say('definitions.pattern_escape', { part: this.source.slice(this.at, this.at + 3) }))
  }

  private take(what: RegExp): RegExpExecArray | null {
    what.lastIndex = this.at
    const match = what.exec(this.source)
    if (match) this.at = what.lastIndex
    return match
  }
}

function bounds([mark, least, comma, most]: RegExpExecArray): [least: number, most: number] {
  if (least !== undefined) return [Number(least), comma === '' ? Number(least) : most === '' ? Infinity : Number(most)]
  return [mark!.startsWith('+') ? 1 : 0, mark!.startsWith('?') ? 1 : Infinity]
}
