import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'

/** What hinders opening a store, from what the engine says. */
export function openProblem(path: string, error: unknown): ToolError {
  if (error instanceof ToolError) return error
  const message = error instanceof Error ? error.message : String(error)
  if (/Could not set lock|Conflicting lock/.test(message)) {
    const holder = /PID (\d+)/.exec(message)?.[1]
    return new ToolError('store_busy', holder ? say('store.busy_by', { path, pid: holder }) : say('store.busy', { path }), {
      hint: say('store.wait'),
      details: { pid: holder ? Number(holder) : null },
    })
  }
  if (/newer version|version number|higher version/i.test(message)) return newerStore(path)
  if (isUnwritable(message)) return new ToolError('store_unreadable', say('store.no_permission', { path }))
  return new ToolError('store_invalid', say('store.not_a_store', { path }), {
    hint: say('store.name_or_move'),
    details: { engine: message.split('\n')[0] },
  })
}

/** Whether the system refused to write, by its words or its code. */
export const isUnwritable = (message: string): boolean => /Permission denied|Read-only file system|EACCES|EROFS|EPERM/i.test(message)

export function newerStore(path: string, versions?: { version: string; known: string }): ToolError {
  const says = versions ? say('store.newer_version', { path, ...versions }) : say('store.newer', { path })
  return new ToolError('store_newer', says, {
    hint: say('store.update'),
  })
}

export function olderStore(path: string, cause: unknown): ToolError {
  return new ToolError('store_older', say('store.older', { path }), {
    hint: say('store.copy_it'),
    cause,
  })
}
