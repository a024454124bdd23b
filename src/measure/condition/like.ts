import type { Written } from './sorts.js'
import { Refusal } from './tree.js'

/**
 * LIKE as SQL, in linear time: without `_` the engine looks for one piece after the other; with it, it tries every place for every `%`,
 * so that only one may stand beside. Error: Refusal.
 */
export function likeSql([cell, pattern]: readonly Written[], { isNot, isCaseless }: { isNot: boolean; isCaseless: boolean }): string {
  if (cell!.choice)
    throw new Refusal(
      `${cell!.choice.column} is compared with a pattern`,
      `compare it with = or IN; values: ${cell!.choice.values.join(', ')}`,
    )
  if (cell!.sort !== 'text') throw new Refusal(`LIKE is for texts, and ${cell!.sql} is none`)
  if (pattern!.said === undefined) throw new Refusal('the pattern of LIKE is not a text that is written')
  if (pattern!.said.includes('_') && pattern!.said.split('%').length > 2)
    throw new Refusal('a pattern of LIKE with "_" has more than one "%", and takes long', 'leave "_" out, or all "%" but one')
  const [said, sought] = isCaseless ? [`lower(${cell!.sql})`, `lower(${pattern!.sql})`] : [cell!.sql, pattern!.sql]
  return `(${said} ${isNot ? 'NOT LIKE' : 'LIKE'} ${sought})`
}
