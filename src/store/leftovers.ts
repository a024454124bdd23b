import { readdirSync, rmSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** How files beside a store are called after it: a stage with the parts of rows on their way into it, a newer store being built, what the engine spilled. */
const BESIDE = {
  stage: /^\.stage(\.wal(\.\w+)?|\.\d+\.csv)?$/,
  migrate: /^\.migrate(\.wal(\.\w+)?)?$/,
  spilled: /^\.tmp(\.[0-9a-f]{8})?$/,
} as const

/** Removes files of these kinds beside a store, which this process alone holds. */
export function removeBeside(store: string, ...kinds: (keyof typeof BESIDE)[]): void {
  const [folder, start] = [dirname(store), basename(store)]
  for (const name of readdirSync(folder))
    if (name.startsWith(start) && kinds.some((kind) => BESIDE[kind].test(name.slice(start.length))))
      rmSync(join(folder, name), { force: true, recursive: true })
}
