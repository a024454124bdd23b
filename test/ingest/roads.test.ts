import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { ingestFiles } from '../../src/ingest/ingest.js'
import { Store } from '../../src/store/store.js'
import { definitions, isBalanced, LOAD } from '../support/facts.js'
import { tempFolder, write } from '../support/program.js'
import { property } from '../support/property.js'
import { randomExport } from '../support/random-exports.js'

const folder = tempFolder()
const stores: Store[] = []
beforeAll(async () => {
  for (const road of ['bulk', 'careful']) stores.push(await Store.open(join(folder, `${road}.duckdb`)))
})
afterAll(() => stores.forEach((store) => store.close()))

async function load(store: Store, file: string, careful: boolean) {
  const [{ counts, status, error, loadId, personal, ignored }] = (await ingestFiles(store, [file], await definitions(), {
    ...LOAD,
    careful,
  })) as [never]
  expect(isBalanced(counts)).toBe(true)
  const facts = await store.rows(`SELECT * EXCLUDE (load_id) FROM dossier_version WHERE load_id = ${loadId} ORDER BY ALL`)
  const rejected = await store.rows(`SELECT * EXCLUDE (load_id) FROM rejected_row WHERE load_id = ${loadId} ORDER BY line`)
  const [source] = await store.rows<{ skipped: string }>(`SELECT skipped_reasons AS skipped FROM load_source WHERE load_id = ${loadId}`)
  const skipped = JSON.parse(source?.skipped ?? '{}') as unknown
  return { counts, status, error: error && JSON.stringify(error), personal, ignored, facts, rejected, skipped }
}

test('the bulk road and the careful road give the same facts, counts and rejected rows', async () => {
  let runs = 0
  await fc.assert(
    fc.asyncProperty(randomExport, async (text) => {
      const file = write(folder, 'export.csv', text.replaceAll('240503-', `${++runs}-`))
      expect(await load(stores[0]!, file, false)).toEqual(await load(stores[1]!, file, true))
    }),
    property(12),
  )
}, 300_000)
