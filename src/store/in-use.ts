import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'

/** The files that are open in this process, and by whom: two engines on one file lose writes, and its lock does not hold within a process. */
const holders = new Map<object, { path: string; readOnly: boolean }>()

/** Takes a file for a holder, as one of its readers or alone. Error: store_busy. */
export function claim(holder: object, path: string, readOnly: boolean): void {
  const others = [...holders].filter(([other, held]) => other !== holder && held.path === path && !(readOnly && held.readOnly))
  if (path !== ':memory:' && others.length > 0)
    throw new ToolError('store_busy', say('store.busy_here', { path }), { details: { pid: null } })
  holders.set(holder, { path, readOnly })
}

export function release(holder: object): void {
  holders.delete(holder)
}
