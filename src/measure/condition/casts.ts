import { listed, say } from '../../messages/message.js'
import { CASTS, type Sort } from './functions.js'
import type { Written } from './sorts.js'
import { Refusal, type Node } from './tree.js'

/** What can always be turned into what, whatever the value. */
const SAFE: Record<string, readonly Sort[]> = {
  VARCHAR: ['text', 'number', 'time', 'interval', 'flag', 'nothing'],
  DATE: ['time', 'nothing'],
  TIMESTAMP: ['time', 'nothing'],
  BOOLEAN: ['flag', 'nothing'],
  BIGINT: ['flag', 'nothing'],
  DOUBLE: ['number', 'flag', 'nothing'],
}

/** A cast as SQL. Error: Refusal, of one that fails on some value: those are TRY_CAST, which gives NULL there. */
export function castSql({ cast_type, try_cast: isTry }: Node, child: Written): Written {
  const type = nameOf(cast_type as Type)
  const gives = CASTS.get(type)
  if (gives === undefined)
    throw new Refusal(
      say('condition.has_cast', { type: type.toLowerCase() }),
      say('condition.casts_are', { all: listed([...CASTS.keys()]) }),
    )
  if (child.choice)
    throw new Refusal(
      say('condition.choice_cast', { column: child.choice.column }),
      say('condition.compare_as_is', { values: listed(child.choice.values) }),
    )
  const isBoolean = child.isConstant && type === 'BOOLEAN' && (child.said === 't' || child.said === 'f')
  if (isBoolean) return { sql: child.said === 't' ? 'true' : 'false', sort: 'flag', choice: null, isConstant: true }
  const isSafe = isTry === true || child.isConstant || (Object.hasOwn(SAFE, type) && SAFE[type]!.includes(child.sort))
  if (!isSafe)
    throw new Refusal(say('condition.cast_fails', { part: child.sql, type }), say('condition.write_try_cast', { part: child.sql, type }))
  const sql = `${isTry === true ? 'TRY_CAST' : 'CAST'}(${child.sql} AS ${type})`
  return { sql, sort: gives, choice: null, isConstant: child.isConstant }
}

interface Type {
  id: string
  type_info: { expr?: { type_name: string; schema: string; children: unknown[] } } | null
}

/** A type's name; one that is written has a tree of its own, with what is between its parentheses. */
function nameOf({ id, type_info: info }: Type): string {
  if (info?.expr === undefined) return id
  const { type_name: name, schema, children } = info.expr
  return schema === '' && children.length === 0 ? name.toUpperCase() : '…'
}
