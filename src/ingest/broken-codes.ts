import { ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import type { Mapping } from '../reading/header.js'
import type { Sniffed } from '../reading/sniff.js'
import type { Store } from '../store/store.js'
import type { Staged } from './dossier-stage.js'

/** A code as a spreadsheet shows a long number: `2.50901E+11`. In the one spelling of codes. */
export const SCIENTIFIC_CODE = '[0-9]([.,][0-9]+)?E[+][0-9]{1,3}'
/** A number longer than the fifteen digits that spreadsheets keep: the others are zeros. */
const CUT_CODE = '[1-9][0-9]{14}0+'

/** Cut codes that are no chance: of honest ones a tenth ends in a zero. */
const FEWEST = 3

/**
 * Refuses staged dossiers whose codes a spreadsheet took for numbers: two or more as powers of ten, or all codes of more than fifteen digits
 * with zeros for the rest. One alone is a rejected row. Errors: broken_codes.
 */
export async function refuseBrokenCodes(store: Store, sniffed: Sniffed, mapping: Mapping, { linesOf }: Staged): Promise<void> {
  const isScientific = `regexp_full_match(code, '${SCIENTIFIC_CODE}')`
  const isLong = `regexp_full_match(code, '[0-9]{16,}')`
  const isCut = `regexp_full_match(code, '${CUT_CODE}')`
  const found = (await store.row<Record<'powers' | 'long' | 'cut', number>>(`
    SELECT count(*) FILTER (${isScientific})::BIGINT AS powers, count(*) FILTER (${isLong})::BIGINT AS long, count(*) FILTER (${isLong} AND ${isCut})::BIGINT AS cut
    FROM stage.dossier_version WHERE strlen(code) >= 5 AND (contains(code, 'E+') OR strlen(code) >= 16 AND NOT contains(code, '-'))`))!
  const areCut = found.cut >= FEWEST && found.cut === found.long
  if (found.powers < 2 && !areCut) return
  const shown = await store.rows<{ code: string; row_id: number }>(`
    SELECT code, rowid AS row_id FROM stage.dossier_version WHERE ${found.powers >= 2 ? isScientific : isCut} ORDER BY rowid LIMIT 2`)
  const lines = await linesOf(shown.map(({ row_id }) => row_id))
  const { header } = mapping.columns.find(({ id }) => id === 'code')!
  throw new ToolError('broken_codes', say('ingest.broken_codes', { header, n: found.powers >= 2 ? found.powers : found.cut }), {
    place: { file: sniffed.file },
    hint: [
      ...shown.map(({ code }, i) => say('dates.row_says', { line: String(lines[i]), header, text: code })),
      say('ingest.export_codes_as_text'),
    ],
  })
}
