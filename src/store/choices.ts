import { literal } from './values.js'

/** SQL for one value of a dossier column that is one of a few values: in the store each has a type of its own, dossier_<column>. */
export function choice(column: 'level' | 'status' | 'timeliness', value: string): string {
  return `${literal(value)}::dossier_${column}`
}
