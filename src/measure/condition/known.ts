import { columnOf, partsOf, type Node } from './tree.js'

/** The columns that are known wherever an expression is true, and wherever it is false. */
interface Known {
  ifTrue: ReadonlySet<string>
  ifFalse: ReadonlySet<string>
}

const NONE: ReadonlySet<string> = new Set()

/** The columns that are known in every row for which a condition is true, by SQL's three-valued logic. */
export function knownWhereTrue(node: Node): string[] {
  return [...knownBy(node).ifTrue].sort()
}

function knownBy(node: Node): Known {
  const parts = partsOf(node)
  switch (node.type) {
    case 'CONJUNCTION_AND':
      return { ifTrue: union(parts.map((part) => knownBy(part).ifTrue)), ifFalse: common(parts.map((part) => knownBy(part).ifFalse)) }
    case 'CONJUNCTION_OR':
      return { ifTrue: common(parts.map((part) => knownBy(part).ifTrue)), ifFalse: union(parts.map((part) => knownBy(part).ifFalse)) }
    case 'OPERATOR_NOT': {
      const { ifTrue, ifFalse } = knownBy(parts[0]!)
      return { ifTrue: ifFalse, ifFalse: ifTrue }
    }
    case 'OPERATOR_IS_NULL':
      return { ifTrue: NONE, ifFalse: neededBy(parts[0]!) }
    case 'OPERATOR_IS_NOT_NULL':
      return { ifTrue: neededBy(parts[0]!), ifFalse: NONE }
    case 'COMPARE_IN':
      return { ifTrue: neededBy(parts[0]!), ifFalse: union(parts.map(neededBy)) }
    case 'COMPARE_NOT_IN':
      return { ifTrue: union(parts.map(neededBy)), ifFalse: neededBy(parts[0]!) }
    case 'COMPARE_BETWEEN': {
      const [input, lower, upper] = parts.map(neededBy) as [ReadonlySet<string>, ReadonlySet<string>, ReadonlySet<string>]
      return { ifTrue: union([input, lower, upper]), ifFalse: union([input, common([lower, upper])]) }
    }
    default: {
      const needed = neededBy(node)
      return { ifTrue: needed, ifFalse: needed }
    }
  }
}

const STRICT_COMPARISONS = new Set([
  'COMPARE_EQUAL',
  'COMPARE_NOTEQUAL',
  'COMPARE_LESSTHAN',
  'COMPARE_GREATERTHAN',
  'COMPARE_LESSTHANOREQUALTO',
  'COMPARE_GREATERTHANOREQUALTO',
])
/** Functions that may give a value where an argument has none. */
const LENIENT = new Set(['nullif', 'greatest', 'least'])

/** The columns without any of which an expression has no value. */
function neededBy(node: Node): ReadonlySet<string> {
  const column = columnOf(node)
  if (column !== null) return new Set([column])
  const isStrict =
    STRICT_COMPARISONS.has(node.type) ||
    node.class === 'CAST' ||
    node.type === 'OPERATOR_NOT' ||
    (node.class === 'FUNCTION' && !LENIENT.has(String(node.function_name)))
  return isStrict ? union(partsOf(node).map(neededBy)) : NONE
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  return new Set(sets.flatMap((set) => [...set]))
}

function common(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const [first = NONE, ...others] = sets
  return new Set([...first].filter((one) => others.every((other) => other.has(one))))
}
