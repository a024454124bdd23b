import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** What this program puts beside a store while it works: a stage with the parts of rows on their way into it, a newer store being built. */
type Beside = 'stage' | 'migrate'

const OF_ENGINE_OR_PART = /^(\.wal(\.\w+)?|\.tmp|\.\d+\.csv)?$/

/** Removes files of these kinds beside a store, with what the engine keeps beside them. */
export function removeBeside(store: string, ...kinds: readonly Beside[]): void {
  const folder = dirname(store)
  const starts = kinds.map((kind) => `${basename(store)}.${kind}`)
  for (const name of readdirSync(folder))
    if (starts.some((start) => name.startsWith(start) && OF_ENGINE_OR_PART.test(name.slice(start.length))))
      rmSync(join(folder, name), { force: true, recursive: true })
}

/** Removes all that a killed process left beside a store that this process alone holds, but for the engine's log of what it wrote. */
export function removeLeftovers(store: string): void {
  removeBeside(store, 'stage', 'migrate')
  rmSync(`${store}.tmp`, { force: true, recursive: true })
}
