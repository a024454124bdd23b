import { existsSync, readFileSync } from 'node:fs'
import { isMap, isNode, LineCounter, parseDocument } from 'yaml'
import type { core, ZodType } from 'zod'

import { ToolError } from '../errors.js'
import { say, type Message } from '../messages/message.js'
import { saidOf } from './issue.js'

/**
 * Reads a YAML text and checks it against a schema. Errors carry file:line:column, the path inside the file and what was
 * expected there.
 */
export function readYaml<T>(text: string, file: string, schema: ZodType<T>): T {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [syntax] = document.errors
  if (syntax) {
    const { line, col } = lines.linePos(syntax.pos[0])
    throw new ToolError('invalid_definition', say('definitions.not_yaml', { problem: syntax.message }), {
      place: { file, line, column: col },
    })
  }
  const said = plainValue() ?? {}
  const odd = unusable(said)
  if (odd) {
    const { line, col } = lines.linePos(offsetOf(document, odd.path))
    const says = say('definitions.at', { path: odd.path.join('.'), problem: odd.says })
    throw new ToolError('invalid_definition', says, { place: { file, line, column: col } })
  }
  const result = schema.safeParse(said, { reportInput: true })
  if (result.success) return result.data
  const issue = plainest(result.error.issues[0]!)
  const path = issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0]!] : issue.path
  const problem = saidOf(issue)
  const offset = offsetOf(document, path)
  const { line, col } = lines.linePos(offset)
  throw new ToolError(
    'invalid_definition',
    path.length > 0 ? say('definitions.at', { path: path.join('.'), problem: problem.says }) : problem.says,
    {
      place: { file, line, column: col },
      hint: problem.hint ?? say('definitions.schemas'),
    },
  )

  function plainValue(): unknown {
    try {
      return document.toJS()
    } catch (error) {
      throw new ToolError('invalid_definition', say('definitions.not_yaml', { problem: (error as Error).message }), {
        place: { file, line: 1 },
      })
    }
  }
}

/** The first text with a NUL, at which engines and systems take texts to end, or key that no object can have; null: none. */
function unusable(value: unknown, path: PropertyKey[] = []): { path: PropertyKey[]; says: Message } | null {
  if (typeof value === 'string') return value.includes('\u0000') ? { path, says: say('definitions.has_nul') } : null
  if (typeof value !== 'object' || value === null) return null
  for (const [key, part] of Object.entries(value)) {
    const at = [...path, Array.isArray(value) ? Number(key) : key]
    if (key === '__proto__') return { path: at, says: say('definitions.no_such_name') }
    const found = unusable(key, at) ?? unusable(part, at)
    if (found) return found
  }
  return null
}

/** Where in a file something stands that was read from it: its line and column, or those of what is around it. */
export function placeIn(file: string, path: readonly PropertyKey[]): { file: string; line?: number; column?: number } {
  if (!existsSync(file)) return { file }
  const lines = new LineCounter()
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false })
  const { line, col } = lines.linePos(offsetOf(document, path))
  return { file, line, column: col }
}

function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const parent = length === 0 ? document.contents : document.getIn(path.slice(0, length - 1), true)
    if (length > 0 && isMap(parent)) {
      const pair = parent.items.find((item) => isNode(item.key) && String(item.key) === String(path[length - 1]))
      if (pair && isNode(pair.key)) return pair.key.range?.[0] ?? 0
    }
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

/** Where none of several forms fits, what is wrong with the one that was meant: the one that is wrong deeper inside. */
function plainest(issue: core.$ZodIssue): core.$ZodIssue {
  if (issue.code !== 'invalid_union') return issue
  const inner = issue.errors.flatMap(([first]) => (first ? [plainest(first)] : []))
  const meant = inner.find(({ path, code }) => path.length > 0 || code === 'unrecognized_keys')
  return meant ? { ...meant, path: [...issue.path, ...meant.path] } : issue
}
