import { foldCode } from '../language/code.js'
import { clean, fold } from '../language/fold.js'
import type { Store } from '../store/store.js'

/** The dimensions that are texts of the files, each with the columns of the cube that say it. */
const COLUMNS = {
  field: { code: 'NULL', name: 'field' },
  procedure: { code: 'procedure_code', name: 'procedure_name' },
  factor: { code: 'NULL', name: 'factor' },
} as const
export type Spelled = keyof typeof COLUMNS

/** What is counted as one, and how it is called: as most of the cases write it; null where none does. */
export interface Spelling {
  code: string | null
  name: string | null
}

/* No text that is cleaned ends so. */
const CODE = '\u001f'

export type Spellings = Record<Spelled, Map<string, Spelling>>

/** Whether a dimension is one of texts. */
export const isSpelled = (dimension: string): dimension is Spelled => Object.hasOwn(COLUMNS, dimension)

/** A dimension, the part of the cube where its texts are, and SQL by which the most usual is chosen. */
export interface CubeTexts {
  dimension: Spelled
  grain: number
  weight: string
}

/**
 * Table `spelling`: for each text of the dimensions in the cube, the key by which it is counted. Texts that read alike are one; so are
 * procedures whose codes begin alike (the number of the procedure, without those of its variants and of the office). '': nothing is said.
 */
export async function resolveSpellings(store: Store, dimensions: readonly CubeTexts[]): Promise<Spellings> {
  const spellings: Spellings = { field: new Map(), procedure: new Map(), factor: new Map() }
  if (dimensions.length === 0) return spellings
  const references: (string | null)[][] = []
  for (const { dimension, grain, weight } of dimensions) {
    const columns = COLUMNS[dimension]
    const said = await store.rows<{ code: string | null; name: string | null; n: number }>(
      `SELECT ${columns.code} AS code, ${columns.name} AS name, (${weight})::BIGINT AS n FROM cube WHERE grain = ${grain} GROUP BY ALL`,
    )
    const names = new Map<string, Map<string, number>>()
    for (const { code, name, n } of said) {
      const number = foldCode(code ?? '')
        .split('.')
        .slice(0, 2)
        .join('.')
      const [key, written] = [number ? number + CODE : fold(name ?? ''), clean(name ?? '')]
      references.push([dimension, code, name, key])
      spellings[dimension].set(key, { code: number || null, name: null })
      const known = names.get(key) ?? new Map<string, number>()
      names.set(key, known.set(written, (known.get(written) ?? 0) + n))
    }
    for (const [key, known] of names) spellings[dimension].get(key)!.name = mostUsual(known)
  }
  await store.run('CREATE OR REPLACE TEMP TABLE spelling (dimension VARCHAR, code VARCHAR, name VARCHAR, key VARCHAR)')
  await store.append('spelling', references, 0, 'temp')
  return spellings
}

/** The text that most write, of several the first in the order of code points; null where all are blank. */
function mostUsual(texts: ReadonlyMap<string, number>): string | null {
  const ranked = [...texts].filter(([text]) => text !== '').sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
  return ranked[0]?.[0] ?? null
}

/** SQL of the key of a dimension in the cells of the cube, `c`, once joined. */
export const spellingKey = (dimension: Spelled): string => `s_${dimension}.key`

/** SQL joining cells of the cube, `c`, with the keys of a dimension. */
export function spellingJoin(dimension: Spelled): string {
  const { code, name } = COLUMNS[dimension]
  const same = (column: string, said: string): string =>
    `s_${dimension}.${column} IS NOT DISTINCT FROM ${said === 'NULL' ? said : `c.${said}`}`
  return `JOIN spelling s_${dimension} ON s_${dimension}.dimension = '${dimension}' AND ${same('code', code)} AND ${same('name', name)}`
}
