import { ToolError } from '../errors.js'

/** What hinders opening a store, from what the engine says. */
export function openProblem(path: string, error: unknown): ToolError {
  const message = error instanceof Error ? error.message : String(error)
  if (/Could not set lock|Conflicting lock/.test(message)) {
    const holder = /PID (\d+)/.exec(message)?.[1]
    return new ToolError('store_busy', `the store ${path} is held by another process${holder ? ` (PID ${holder})` : ''}`, {
      hint: 'wait for it with --wait SECONDS, or try again later',
      details: { pid: holder ? Number(holder) : null },
    })
  }
  if (/newer version|version number|higher version/i.test(message)) return newerStore(path)
  if (isUnwritable(message)) return new ToolError('store_unreadable', `the store ${path} can't be opened: permission denied`)
  return new ToolError('store_invalid', `${path} is not a cchc store`, {
    hint: 'name the store with --db FILE, or move this file away',
    details: { engine: message.split('\n')[0] },
  })
}

/** Whether the system refused to write, by its words or its code. */
export const isUnwritable = (message: string): boolean => /Permission denied|Read-only file system|EACCES|EROFS|EPERM/i.test(message)

export function newerStore(path: string, more?: string): ToolError {
  return new ToolError('store_newer', `the store ${path} was written by a newer program${more ? ` (${more})` : ''}`, {
    hint: 'update cchc: npm install -g cchc',
  })
}

export function olderStore(path: string, cause: unknown): ToolError {
  return new ToolError(
    'store_older',
    `the store ${path} is of an older version, and can't be brought up to date where it is: permission denied`,
    {
      hint: 'copy it to a folder you may write in, and name it with --db FILE',
      cause,
    },
  )
}
