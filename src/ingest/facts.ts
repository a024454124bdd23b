import type { Kind } from '../definitions/schema.js'

/** Where the facts of a kind are kept, and what identifies one. */
export const FACTS: Record<Kind, { table: string; key: string }> = {
  dossiers: { table: 'dossier_version', key: 'code' },
  survey: { table: 'survey_answer_version', key: 'key' },
  units: { table: 'unit_version', key: 'key' },
  unit_changes: { table: 'unit_change_version', key: 'key' },
  unit_aliases: { table: 'unit_alias_version', key: 'key' },
  indicators: { table: 'reported_indicator_version', key: 'key' },
  targets: { table: 'target_version', key: 'key' },
}
