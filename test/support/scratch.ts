import { chmodSync, existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A file system in memory, and the room there must be for the tests, which take a third of it. */
const MEMORY = '/dev/shm'
const ROOM = 6e9

/** One folder for all that a run of the tests writes, gone when it ends. */
export default function setup(): () => void {
  const scratch = mkdtempSync(join(hasRoom() ? MEMORY : tmpdir(), 'cchc-tests-'))
  chmodSync(scratch, 0o755)
  process.env.TEST_SCRATCH = scratch
  return () => rmSync(scratch, { recursive: true, force: true })
}

/** Whether thousands of small stores can be spared the disk. */
function hasRoom(): boolean {
  if (process.env.TMPDIR !== undefined || !existsSync(MEMORY)) return false
  const { bavail, bsize } = statfsSync(MEMORY)
  return bavail * bsize > ROOM
}
