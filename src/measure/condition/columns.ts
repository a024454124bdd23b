import type { Definitions } from '../../definitions/load.js'
import { TIMELINESS } from '../../definitions/terms.js'
import type { Sort } from './functions.js'

export type Fact = 'dossier' | 'survey_answer'

/** Values of a column that is one of a few; `type`: the engine's type of them, null where they are texts. */
export interface Choice {
  column: string
  values: readonly string[]
  type: string | null
}

/** A column that conditions may name. */
export interface FactColumn {
  sort: Sort
  choice: Choice | null
}

const SORTS: Record<string, Sort> = { time: 'time', date: 'time', money: 'number', score: 'number', number: 'number', flag: 'flag' }

/** The columns of a fact that a condition may name, by their names: those that files bring, and the timeliness that follows from them. */
export function columnsOf(fact: Fact, { kinds, vocabularies }: Pick<Definitions, 'kinds' | 'vocabularies'>): Map<string, FactColumn> {
  const isDossier = fact === 'dossier'
  const columns = new Map<string, FactColumn>()
  for (const [id, { type }] of Object.entries(kinds[isDossier ? 'dossiers' : 'survey'].columns)) {
    const isClosed = type === 'choice' && (isDossier || id === 'survey_kind')
    columns.set(
      id,
      isClosed
        ? { sort: 'choice', choice: { column: id, values: Object.keys(vocabularies[id]!), type: isDossier ? `dossier_${id}` : null } }
        : { sort: Object.hasOwn(SORTS, type) ? SORTS[type]! : 'text', choice: null },
    )
  }
  const timeliness = { column: 'timeliness', values: TIMELINESS.slice(0, 3), type: 'dossier_timeliness' }
  if (isDossier) columns.set('timeliness', { sort: 'choice', choice: timeliness })
  return columns
}
