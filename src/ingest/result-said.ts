/** SQL conditions of a statement that say which columns it brings. */
export type Brings = (id: 'status' | 'resolved_at' | 'returned_at') => string

const RESULT = ['status', 'resolved_at', 'returned_at'] as const
/** Columns of which a cell that says a date is never erased by a statement that is no newer. */
export const RESULT_DATES: readonly string[] = ['resolved_at', 'returned_at']

/** SQL of what the row `row` at least says of the result of its dossier: 0 none, 1 there is one, 2 it was returned. */
export function leastOfResult(row: string): string {
  return `greatest(CASE ${row}.status WHEN 'returned' THEN 2 WHEN 'resolved' THEN 1 ELSE 0 END,
    CASE WHEN ${row}.resolved_at IS NULL THEN 0 ELSE 1 END, CASE WHEN ${row}.returned_at IS NULL THEN 0 ELSE 2 END)`
}

/** SQL of what it at most says: more than the least where it lacks the columns to say so. */
export function mostOfResult(row: string, brings: Brings): string {
  const least = leastOfResult(row)
  const [status, resolved, returned] = RESULT.map(brings) as [string, string, string]
  return `CASE WHEN NOT (${status} OR ${resolved} OR ${returned}) THEN 2
    WHEN ${status} OR (${resolved} AND ${returned}) THEN ${least}
    WHEN ${returned} THEN greatest(1, ${least})
    WHEN ${least} > 0 THEN 2 ELSE 0 END`
}

/** Of a file: whether it says anything of results. */
export function saysResult(provided: readonly string[]): boolean {
  return RESULT.some((id) => provided.includes(id))
}

/** SQL of the order of the rows of one file about one dossier, the one that counts first. */
export const NEWEST_OF_FILE = (row: string): string =>
  `${row}.updated_at DESC NULLS LAST, ${leastOfResult(row)} DESC, (${row}.resolved_at IS NOT NULL)::INTEGER + (${row}.returned_at IS NOT NULL)::INTEGER DESC, ${row}.rowid DESC`
