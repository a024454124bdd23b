import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One folder for all that a run of the tests writes, gone when it ends. */
export default function setup(): () => void {
  const scratch = mkdtempSync(join(tmpdir(), 'cchc-tests-'))
  chmodSync(scratch, 0o755)
  process.env.TEST_SCRATCH = scratch
  return () => rmSync(scratch, { recursive: true, force: true })
}
