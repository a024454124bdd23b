import { createHash, randomBytes } from 'node:crypto'
import { lstatSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'

import { syncFolder } from '../durable.js'
import { readPlainFile } from '../definitions/plain-file.js'
import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import { clean } from '../language/fold.js'
import { literal } from '../store/store.js'
import { cleanSql } from '../reading/clean-sql.js'

/* What is kept of a submitter: enough to see that two dossiers have the same one, not who that is. */
const LENGTH = 32

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The keyed hash of a cell: without case, blanks, dots and dashes; null where it is empty. */
export function hashSubmitter(cell: string, key: string): string | null {
  const text = clean(cell).toLowerCase().replace(/[ .-]/g, '')
  return text === '' ? null : sha256(key + sha256(key + text)).slice(0, LENGTH)
}

/** The same as SQL. */
export function submitterSql(raw: string, key: string): string {
  const hash = (text: string): string => `sha256(${literal(key)} || ${text})`
  const text = `nullif(regexp_replace(lower(${cleanSql(raw)}), '[ .-]', '', 'g'), '')`
  return `left(${hash(hash(text))}, ${LENGTH})`
}

/**
 * The key of a store's hashes: the one given, else the one in the file beside the store, which is made, for its owner alone, the first
 * time. Without the key nobody can try numbers against the hashes; with another one the same person has another hash. Error: usage.
 */
export function hashKey(store: string, given: string | undefined): string {
  if (given !== undefined && given.length < 16)
    throw new ToolError('usage', say('ingest.key_too_short'), { hint: say('ingest.longer_key') })
  if (given !== undefined) return sha256(given)
  const file = `${store}.key`
  if (!lstatSync(file, { throwIfNoEntry: false })) {
    writeFileSync(file, `${randomBytes(32).toString('hex')}\n`, { mode: 0o600, flag: 'wx', flush: true })
    syncFolder(dirname(file))
  }
  const key = readPlainFile(file).trim()
  if (!/^[0-9a-f]{64}$/.test(key)) throw new ToolError('usage', say('ingest.not_a_key', { file }), { hint: say('ingest.put_key_back') })
  return key
}
