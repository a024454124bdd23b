import { expect, it } from 'vitest'

import { withTypedChoices } from '../../src/store/choices.js'
import { Store } from '../../src/store/store.js'

it.each([
  ["channel = 'online'", "channel = 'online'::dossier_channel"],
  ["(fee > 0 AND payment <> 'exempt') AND (NOT is_assisted)", "(fee > 0 AND payment <> 'exempt'::dossier_payment) AND (NOT is_assisted)"],
  ["status NOT IN ( 'resolved','returned' )", "status NOT IN ( 'resolved'::dossier_status,'returned'::dossier_status )"],
  ["field = 'online' AND unit_name <> 'level'", "field = 'online' AND unit_name <> 'level'"],
  ["field = 'an ''online'' level = ''x'''", "field = 'an ''online'' level = ''x'''"],
  ["reporting_level = 'x'", "reporting_level = 'x'"],
])('%s becomes %s', (condition, typed) => {
  expect(withTypedChoices(condition)).toBe(typed)
})

it('knows every column of the store that is one of a few values', async () => {
  const store = await Store.inMemory()
  const columns = await store.rows<{ name: string }>(
    `SELECT column_name AS name FROM duckdb_columns() WHERE table_name = 'dossier_version' AND data_type LIKE 'ENUM%'`,
  )
  store.close()
  expect(columns.length).toBeGreaterThan(4)
  for (const { name } of columns) expect(withTypedChoices(`${name} = 'a'`)).toBe(`${name} = 'a'::dossier_${name}`)
})
