import { literal } from './values.js'

/** SQL for one value of a dossier column that is one of a few values: in the store each has a type of its own, dossier_<column>. */
export function choice(column: 'level' | 'status' | 'timeliness', value: string): string {
  return `${literal(value)}::dossier_${column}`
}

const COMPARISON =
  /\b(level|channel|service_level|payment|status|timeliness)(\s*(?:=|<>|\bNOT IN\b|\bIN\b)\s*)('[^']*'|\(\s*'[^']*'(?:\s*,\s*'[^']*')*\s*\))/g

/**
 * The same condition with texts typed like the column they are compared with: beside a bare text the engine compares every row as
 * text, six times as slow, and a value the column can't have would pass unnoticed.
 */
export function withTypedChoices(condition: string): string {
  if (condition.includes("''")) return condition
  return condition.replace(
    COMPARISON,
    (_, column: string, operator: string, texts: string) => `${column}${operator}${texts.replace(/'[^']*'/g, `$&::dossier_${column}`)}`,
  )
}
