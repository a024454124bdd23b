import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** How files beside a store are called after it: a stage with the parts of rows on their way into it, a newer store being built, what the engine spilled. */
const BESIDE = {
  stage: /^\.stage(\.clean)?(\.wal(\.\w+)?|\.\d+\.csv)?$/,
  migrate: /^\.migrate(\.wal(\.\w+)?)?$/,
  spilled: /^\.tmp(\.[0-9a-f]{8})?$/,
} as const

/** Removes files of these kinds beside a store, while no other process writes to it; what may not be removed stays. */
export function removeBeside(store: string, ...kinds: (keyof typeof BESIDE)[]): void {
  const [folder, start] = [dirname(store), basename(store)]
  for (const name of readdirSync(folder))
    if (name.startsWith(start) && kinds.some((kind) => BESIDE[kind].test(name.slice(start.length)))) remove(join(folder, name))
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true, recursive: true })
  } catch (error) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error
  }
}
