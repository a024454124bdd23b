import { basename } from 'node:path'

import type { Mapping } from '../reading/header.js'
import type { Sniffed } from '../reading/sniff.js'
import type { Store } from '../store/store.js'

const LOOKED_AT = 12
/* How much of their columns two files without a layout share that are exports of one kind: by their columns alone, or of one name. */
const ALIKE = 0.8
const NAMESAKES = 0.6
/* Either says which unit it is. */
const UNIT = ['unit_code', 'unit_name']

interface EarlierLoad {
  file: string
  layout: string | null
  columns: string[]
}

/**
 * The columns that earlier files of this layout had, or files of the same name but for its digits, or of nearly the same columns, and that this one
 * lacks: a header was renamed, or a column left out. Asked before the file is loaded.
 */
export async function lackingColumns(store: Store, sniffed: Sniffed, mapping: Mapping): Promise<string[]> {
  const ours = columnsOf(mapping)
  const earlier = await store.rows<EarlierLoad>(
    `SELECT s.file, s.layout, l.columns FROM load l JOIN load_source s USING (load_id) WHERE l.kind = $kind ORDER BY load_id DESC LIMIT 200`,
    { kind: mapping.kind },
  )
  const name = stem(sniffed.file)
  const isOfFamily = ({ file, layout, columns }: EarlierLoad): boolean => {
    if (layout !== null || mapping.layout) return layout === mapping.layout?.id
    const share = sharedPart(columns, ours)
    return share >= ALIKE || (share >= NAMESAKES && name !== '' && stem(file) === name)
  }
  const family = earlier.filter(isOfFamily).slice(0, LOOKED_AT)
  return [...new Set(family.flatMap(({ columns }) => columns))].filter(
    (id) => !ours.includes(id) && !(UNIT.includes(id) && UNIT.some((other) => ours.includes(other))),
  )
}

function columnsOf({ columns, items, layout }: Mapping): string[] {
  return [...columns.map(({ id }) => id), ...Object.keys(layout?.constants ?? {}), ...(items.length > 0 ? ['score', 'item', 'factor'] : [])]
}

function sharedPart(a: readonly string[], b: readonly string[]): number {
  const common = a.filter((one) => b.includes(one)).length
  return common / (a.length + b.length - common || 1)
}

/** The letters of a file's name: exports of one system differ in dates. */
const stem = (file: string): string =>
  basename(file)
    .toLowerCase()
    .replace(/(\.\w+)+$/, '')
    .replace(/[^\p{L}]+/gu, '')
