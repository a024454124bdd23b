import { listed, say } from '../../messages/message.js'
import type { Written } from './sorts.js'
import { Refusal } from './tree.js'

/**
 * LIKE as SQL, in linear time: without `_` the engine looks for one piece after the other; with it, it tries every place for every `%`,
 * so that only one may stand beside. Error: Refusal.
 */
export function likeSql([cell, pattern]: readonly Written[], { isNot, isCaseless }: { isNot: boolean; isCaseless: boolean }): string {
  if (cell!.choice)
    throw new Refusal(
      say('condition.choice_pattern', { column: cell!.choice.column }),
      say('condition.use_equals_or_in', { values: listed(cell!.choice.values) }),
    )
  if (cell!.sort !== 'text') throw new Refusal(say('condition.like_for_texts', { part: cell!.sql }))
  if (pattern!.said === undefined) throw new Refusal(say('condition.like_written'))
  if (pattern!.said.includes('_') && pattern!.said.split('%').length > 2)
    throw new Refusal(say('condition.like_slow'), say('condition.like_less'))
  const [said, sought] = isCaseless ? [`lower(${cell!.sql})`, `lower(${pattern!.sql})`] : [cell!.sql, pattern!.sql]
  return `(${said} ${isNot ? 'NOT LIKE' : 'LIKE'} ${sought})`
}
