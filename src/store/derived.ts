/**
 * Columns of a dossier that follow from its others, stored so that reports need not compute them for every dossier. Months count from
 * January of year 0 (year × 12 + month − 1); due_month is the month of the day after the due day, from when an open dossier is overdue.
 */
export const DERIVED = {
  received_month: monthOf('received_at'),
  closed_month: monthOf('coalesce(resolved_at, returned_at)'),
  due_month: monthOf('(due_at::DATE + 1)'),
  timeliness: `CASE
    WHEN coalesce(resolved_at, returned_at)::DATE < due_at::DATE THEN 'early'
    WHEN coalesce(resolved_at, returned_at)::DATE = due_at::DATE THEN 'on_time'
    WHEN coalesce(resolved_at, returned_at)::DATE > due_at::DATE THEN 'late' END`,
} as const

/** SQL for the month number of a time or day; three times as fast as the engine's date_diff. */
export function monthOf(time: string): string {
  return `(year(${time}) * 12 + month(${time}) - 1)::USMALLINT`
}

/** The month number of a day `yyyy-MM-dd`. */
export function monthNumber(day: string): number {
  return Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1
}
