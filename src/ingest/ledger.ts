import { createHash } from 'node:crypto'

import { ToolError } from '../errors.js'
import { reasonLabel } from '../language/labels.js'
import { apart, listed, say, type Message } from '../messages/message.js'
import type { Definitions } from '../definitions/load.js'
import type { Store } from '../store/store.js'
import { VERSION } from '../version.js'
import type { Mapping } from '../reading/header.js'
import { SUBMITTER } from '../reading/personal-columns.js'
import type { Sniffed } from '../reading/sniff.js'
import { FACTS } from './facts.js'

/** What became of every row of a file. read = loaded + unchanged + superseded + rejected + skipped, always. */
export interface RowCounts {
  read: number
  loaded: number
  unchanged: number
  superseded: number
  rejected: number
  skipped: number
}

export interface RejectedRow {
  line: number
  column: string | null
  header: string | null
  text: string | null
  reason: string
}

/** All that the ledger says of one file's load. */
export interface LedgerEntry {
  sniffed: Sniffed
  mapping: Mapping
  sha256: string
  fingerprint: string
  counts: RowCounts
  skippedReasons: Record<string, number>
  columns: string[]
  /** Of dossiers: rows that would have taken a result back; it was kept. */
  kept?: number
  /** Of dossiers: rows whose code was written otherwise than it is kept. */
  folded?: number
}

/** Throws when the rows do not add up: a fault of this program, never of the file; the load is rolled back. */
export function assertBalanced(counts: RowCounts, file: string): void {
  const sum = counts.loaded + counts.unchanged + counts.superseded + counts.rejected + counts.skipped
  if (sum !== counts.read) {
    throw new ToolError('internal', say('ingest.not_balanced', { file, read: counts.read, sum }), {
      hint: say('ingest.report_fault'),
      details: { ...counts },
    })
  }
}

/** What else decides how a file is read: a file loaded under other definitions is a new load. */
export function definitionsFingerprint(
  { kinds, vocabularies }: Definitions,
  { layout, columns, dates }: Mapping,
  { encoding, sheet }: Sniffed,
  period?: string,
): string {
  const hashed = columns.find(({ id }) => id === SUBMITTER)?.header
  const decisive = { kinds, vocabularies, layout, encoding, sheet: sheet?.name, period, hashed, dates }
  return createHash('sha256').update(JSON.stringify(decisive)).digest('hex').slice(0, 16)
}

/** The counts of the load that brought exactly this content under these definitions, as a second load of it counts them. */
export async function findSameContent(
  store: Store,
  sha256: string,
  fingerprint: string,
): Promise<{ load_id: number; counts: RowCounts } | null> {
  const found = await store.row<RowCounts & { load_id: number }>(
    `SELECT load_id, read, loaded, unchanged, superseded, rejected, skipped FROM load JOIN load_source USING (load_id)
     WHERE sha256 = $sha256 AND definitions = $fingerprint ORDER BY load_id DESC LIMIT 1`,
    { sha256, fingerprint },
  )
  if (!found) return null
  const { load_id, read, loaded, unchanged, superseded, rejected, skipped } = found
  return { load_id, counts: { read, loaded: 0, unchanged: loaded + unchanged + superseded, superseded: 0, rejected, skipped } }
}

/** Whether some earlier load could be of the same file: same size. Cheaper than hashing first. */
export async function mayBeLoadedAlready(store: Store, bytes: number): Promise<boolean> {
  return (await store.row(`SELECT 1 FROM load_source WHERE bytes = $bytes LIMIT 1`, { bytes })) !== undefined
}

export async function nextLoadId(store: Store): Promise<number> {
  return (await store.row<{ id: number }>('SELECT coalesce(max(load_id), 0) + 1 AS id FROM load'))!.id
}

/** Writes a load, whose facts are already there, into the ledger tables of `database`; part of the load's own transaction. */
export async function writeLedger(store: Store, loadId: number, entry: LedgerEntry, now: string, database = ''): Promise<void> {
  const { sniffed, mapping, counts } = entry
  assertBalanced(counts, sniffed.file)
  const at = database === '' ? '' : `${database}.`
  const { read, loaded, unchanged, superseded, rejected, skipped } = counts
  const texts = (values: string[]): string => JSON.stringify(values)
  await store.run(
    `INSERT INTO ${at}load VALUES ($id, $kind, $now::TIMESTAMP, $tool, $definitions, $columns::JSON::VARCHAR[],
       ${[read, loaded, unchanged, superseded, rejected, skipped].join(', ')},
       (SELECT count(*) FROM ${at}${FACTS[mapping.kind].table} WHERE load_id = $id), ${entry.kept ?? 'NULL'}, ${entry.folded ?? 'NULL'},
       (SELECT count(*) FROM ${at}unchanged_fact WHERE load_id = $id))`,
    { id: loadId, kind: mapping.kind, now, tool: VERSION, definitions: entry.fingerprint, columns: texts(entry.columns) },
  )
  await store.run(
    `INSERT INTO ${at}load_source VALUES ($id, $file, $sha256, ${sniffed.bytes}, $encoding, $delimiter, $layout,
       $personal::JSON::VARCHAR[], $ignored::JSON::VARCHAR[], $skipped, $sheet, $layoutText)`,
    {
      id: loadId,
      file: sniffed.file,
      sha256: entry.sha256,
      encoding: sniffed.encoding,
      delimiter: sniffed.delimiter,
      layout: mapping.layout?.id ?? null,
      personal: texts(mapping.personal),
      ignored: texts(mapping.ignored),
      skipped: JSON.stringify(entry.skippedReasons),
      sheet: sniffed.sheet?.name ?? null,
      layoutText: mapping.layout ? JSON.stringify(mapping.layout) : null,
    },
  )
}

/** Why rows were rejected: counted, or one by one with an example to show. */
export interface RejectTally {
  reason: string
  column: string | null
  header?: string | null | undefined
  n: number
  example?: Message | undefined
  /** The texts that no vocabulary knows, masked, each with its rows. */
  words?: readonly { text: string; n: number }[] | undefined
}

/** Share of rejected rows above which nobody should accept them: the file is read in a wrong way. */
const MOST_ADVISED = 0.2

/** Refuses a file with more rejected rows than allowed, with the reasons counted: a wrong layout shows itself so. */
export async function checkRejects(
  tallies: readonly RejectTally[],
  rows: number,
  { maxRejects, onTooManyRejects }: { maxRejects: number; onTooManyRejects?: (refusal: ToolError) => void },
  file: string,
  refuseForBetterReason: () => Promise<void>,
): Promise<void> {
  const rejected = tallies.reduce((sum, { n }) => sum + n, 0)
  if (rejected === 0 || rejected <= maxRejects * rows) return
  await refuseForBetterReason()
  const byReason = new Map<string, RejectTally>()
  for (const { reason, column, header, n } of tallies) {
    const key = column ? `${reason} in ${column}` : reason
    byReason.set(key, { reason, column, header, n: (byReason.get(key)?.n ?? 0) + n })
  }
  const reasons = [...byReason].sort(([, a], [, b]) => b.n - a.n)
  const shown = reasons.slice(0, 4).map(([, { reason, column, header, n }]) => {
    const words = { reason: { vi: reasonLabel('vi', reason), en: reason }, n: String(n) }
    return column ? say('ingest.reason_in_column', { ...words, column: { vi: header ?? column, en: column } }) : say('ingest.reason', words)
  })
  const examples = tallies.flatMap(({ example }) => example ?? []).slice(0, 3)
  const unknown = unknownWords(tallies)
  const share = Math.ceil((rejected / rows) * 100)
  const look = rejected <= MOST_ADVISED * rows ? say('ingest.look_or_accept', { file, share }) : say('ingest.look_at_file', { file })
  const hint = unknown.length > 0 ? [...unknown.map(wordsText), say('ingest.say_words', { file })] : [...examples, look]
  const says = say('ingest.too_many_rejects', { rejected: String(rejected), rows: String(rows), reasons: apart(shown) })
  const refusal = new ToolError('too_many_rejects', says, {
    place: { file },
    hint,
    details: {
      reasons: Object.fromEntries(reasons.map(([reason, { n }]) => [reason, n])),
      rows,
      rejected,
      ...(unknown.length > 0
        ? { words: Object.fromEntries(unknown.map(({ header, words }) => [header, words.slice(0, MOST_WORDS)])) }
        : {}),
    },
  })
  if (!onTooManyRejects) throw refusal
  onTooManyRejects(refusal)
}

const SHOWN_WORDS = 12
const MOST_WORDS = 200

/** The unknown words of each column, the most frequent first. */
function unknownWords(tallies: readonly RejectTally[]): { header: string; words: { text: string; n: number }[] }[] {
  const columns = new Map<string, Map<string, number>>()
  for (const { reason, column, header, words = [] } of tallies) {
    if (reason !== 'unknown_value') continue
    const name = header ?? column ?? ''
    const counts = columns.get(name) ?? new Map<string, number>()
    columns.set(name, counts)
    for (const { text, n } of words) counts.set(text, (counts.get(text) ?? 0) + n)
  }
  return [...columns].flatMap(([header, counts]) =>
    counts.size === 0 ? [] : [{ header, words: [...counts].map(([text, n]) => ({ text, n })).sort((a, b) => b.n - a.n) }],
  )
}

function wordsText({ header, words }: { header: string; words: readonly { text: string; n: number }[] }): Message {
  const shown = listed(words.slice(0, SHOWN_WORDS).map(({ text, n }) => `"${text.slice(0, 60)}" (${n})`))
  const more = words.length - SHOWN_WORDS
  return more > 0
    ? say('ingest.words_unknown_and_more', { header, words: shown, n: more })
    : say('ingest.words_unknown', { header, words: shown })
}

/** The skipped rows of a file, by reason. */
export function blankLines(count: number): Record<string, number> {
  return count > 0 ? { 'blank line': count } : {}
}

/** All rows counted by reason. */
export function countAll(reasons: Record<string, number>): number {
  return Object.values(reasons).reduce((sum, n) => sum + n, 0)
}
