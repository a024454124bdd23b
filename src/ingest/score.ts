import type { Definitions } from '../definitions/load.js'
import { clean, fold, headerKey } from '../language/fold.js'

/** What a survey answer says: a score of 1 to 5, or why it is none ("không có ý kiến"). */
export type Answer = { score: string } | { noAnswer: string }

/**
 * Reads answers: by the words of the vocabularies, a code without accents (`rat_hai_long`), or a number beside the words that it goes with
 * (`5 - Rất hài lòng`, `Hài lòng (4)`). Undefined: unknown, or a number that contradicts its words.
 */
export function scoreReader({ vocabularies }: Definitions): (text: string) => Answer | undefined {
  const known = new Map<string, Answer>()
  const add = (key: string, answer: Answer): void => {
    if (key !== '' && !known.has(key)) known.set(key, answer)
  }
  const labels = (name: string): [value: string, label: string][] =>
    Object.entries(vocabularies[name] ?? {}).flatMap(([value, all]) => [value, ...all].map((label): [string, string] => [value, label]))
  for (const [value, label] of labels('score')) add(fold(label), { score: value })
  for (const [value, label] of labels('no_answer')) add(fold(label), { noAnswer: value })
  const bare = new Map<string, Answer>()
  for (const [value, label] of labels('score')) if (/\p{L}{2}/u.test(label)) bare.set(headerKey(label), { score: value })
  for (const [value, label] of labels('no_answer')) if (headerKey(label).length > 4) bare.set(headerKey(label), { noAnswer: value })

  return (text) => {
    const direct = known.get(fold(text))
    if (direct) return direct
    const numbered = /^([1-5])\s*[-–.:)]\s*(\D+)$/.exec(clean(text)) ?? /^(?:\D+)\(([1-5])\)$/.exec(clean(text))
    if (numbered) {
      const words = known.get(fold(numbered[2] ?? clean(text).replace(/\s*\([1-5]\)$/, '')))
      return words && 'score' in words && words.score === numbered[1] ? words : undefined
    }
    return /^[a-z0-9_ ]+$/i.test(text) ? bare.get(headerKey(text)) : undefined
  }
}
