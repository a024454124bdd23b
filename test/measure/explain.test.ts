import { expect, it } from 'vitest'

import { loadDefinitions } from '../../src/definitions/load.js'
import { ingestFiles } from '../../src/ingest/ingest.js'
import { explainMetric } from '../../src/measure/explain.js'
import { makeReport } from '../../src/measure/report.js'
import { Store } from '../../src/store/store.js'
import { SAMPLES, tempFolder } from '../support/program.js'

it('the SQL that a metric shows gives the figures that a report gives, under every policy', async () => {
  const definitions = await loadDefinitions()
  const store = await Store.open(`${tempFolder()}/cchc.duckdb`)
  const files = ['dossiers-2024.csv', 'dossiers-2025.csv', 'survey-2025.csv', 'kiosk-2025.csv'].map(
    (name) => `${SAMPLES}/small-province/${name}`,
  )
  await ingestFiles(store, files, definitions, { maxRejects: 1, dryRun: false, careful: false, now: '2026-01-01 00:00:00' })
  const policies = [
    definitions.policies.default!,
    {
      ...definitions.policies.default!,
      compare: 'time',
      vertical_sector: 'included',
      no_due_date: 'on_time',
      suspended: 'by_due_date',
    } as const,
    { ...definitions.policies.default!, withdrawn: 'on_time', stopped: 'on_time' } as const,
  ]
  for (const policy of policies) {
    const report = await makeReport(store, definitions, { period: '2025-04..2025-09', policy: { id: 'p', policy }, asOf: '2026-01-01' })
    for (const metric of definitions.metrics.values()) {
      const { sql, classed } = explainMetric(definitions, metric, policy)
      const count = async (statement: string): Promise<number> => {
        const text = `${classed ? `WITH classed AS (${classed}) ` : ''}${statement}`
        const bound = text.replaceAll('$from', `TIMESTAMP '2025-04-01'`).replaceAll('$until', `TIMESTAMP '2025-10-01'`)
        return (await store.row<{ n: number }>(`SELECT n::BIGINT AS n FROM (${bound})`))!.n
      }
      const figure = report.rows.find((row) => row.metric === metric.id)!
      expect({ id: metric.id, n: await count(sql.numerator), d: await count(sql.denominator) }).toEqual({
        id: metric.id,
        n: figure.numerator,
        d: figure.denominator,
      })
    }
  }
  store.close()
})
