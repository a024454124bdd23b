import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { loadDefinitions, type MetricDefinition } from '../../src/definitions/load.js'
import { ToolError } from '../../src/errors.js'
import { metricConditions, readConditions, readOfficeConditions } from '../../src/measure/predicates.js'
import { Store } from '../../src/store/store.js'
import { tempFolder, write } from '../support/program.js'
import { property } from '../support/property.js'
import { COLUMNS, evaluate, expression, sqlOf, type Expression, type Row } from './condition-oracle.js'
import { definitions, reportOf, reportOn, rowOf, withFacts, type DossierRow } from './support.js'

const JUNE = { period: '2024-06' }
const words = { vi: 'A', en: 'Own' }

/** An office's metric over the dossiers received. */
function own(more: Partial<MetricDefinition>): MetricDefinition {
  const texts = { label: words, short: words, definition: words, source: 'plan' }
  return { id: 'own_rate', file: null, ...texts, population: 'received', needs: [], direction: 'higher', unit: 'percent', ...more }
}

/** Numerator and denominator of a metric over some dossiers. */
async function counted(metric: MetricDefinition, dossiers: readonly DossierRow[]): Promise<(number | null)[]> {
  definitions.metrics.set(metric.id, metric)
  const rows = dossiers.map((row) => ({ received_at: '2024-06-05', ...row }))
  const { numerator, denominator } = rowOf(await reportOn({ dossiers: rows }, { ...JUNE, metrics: [metric.id] }), metric.id)
  definitions.metrics.delete(metric.id)
  return [numerator, denominator]
}

let store: Store
beforeAll(async () => {
  store = await Store.inMemory()
})
afterAll(() => store.close())

async function problemOf(counts: string, population: 'received' | 'answered' = 'received'): Promise<ToolError | null> {
  const one = own({ counts, population })
  const known = { ...definitions, conditions: new Map() }
  return readConditions(metricConditions(one), known, store).then(
    () => null,
    (error: unknown) => error as ToolError,
  )
}

describe('a condition with OR', () => {
  it('counts no dossier of which a needed column is not known, in numerator and denominator alike', async () => {
    const metric = own({ needs: ['channel', 'fee'], counts: "channel = 'online' OR channel = 'postal' AND fee > 0" })
    const rows: DossierRow[] = [{ channel: 'online' }, { channel: 'online' }, { channel: 'online', fee: 1000 }]
    expect(await counted(metric, rows)).toEqual([1, 1])
  })

  it.each([
    ["channel = 'online' OR fee > 0", [1, 2]],
    ["NOT (channel = 'online' AND fee > 0)", [1, 2]],
    ["'online' = channel", [1, 2]],
    ["CASE WHEN channel = 'online' THEN true ELSE fee > 9000 END", [1, 2]],
    ["coalesce(fee, 1) > 0 AND channel IN ('online', 'postal')", [1, 2]],
    ['fee IS NULL OR fee >= 0', [2, 2]],
    ["channel BETWEEN 'a' AND 'z' OR true", null],
  ] as const)('%s', async (counts, expected) => {
    const rows: DossierRow[] = [{ channel: 'online' }, { fee: 5 }, { channel: 'online', fee: 5 }, { channel: 'postal', fee: 0 }]
    const metric = own({ needs: ['channel', 'fee'], counts })
    if (expected === null) await expect(counted(metric, rows)).rejects.toMatchObject({ code: 'invalid_definition' })
    else expect(await counted(metric, rows)).toEqual(expected)
  })

  it('of a rate over several populations leaves out what is not known too', async () => {
    const term = { population: 'received', where: "channel = 'online' OR fee > 0" } as const
    const { population: _, ...metric } = own({ needs: ['channel'], numerator: [term], denominator: [{ population: 'received' }] })
    expect(await counted(metric, [{ channel: 'online' }, { fee: 5 }, { channel: 'postal', fee: 0 }])).toEqual([1, 2])
  })
})

describe('any condition', () => {
  it('counts what three-valued logic says, of the dossiers whose needed columns are known', async () => {
    const rows: Row[] = COLUMNS.channel.flatMap((channel) =>
      COLUMNS.payment.flatMap((payment) =>
        COLUMNS.fee.flatMap((fee) => COLUMNS.is_assisted.map((is_assisted) => ({ channel, payment, fee, is_assisted }))),
      ),
    )
    const dossiers = rows.map((row) => ({ received_at: '2024-06-05', ...row })) as DossierRow[]
    const needs = fc.uniqueArray(fc.constantFrom<keyof Row>('channel', 'payment', 'fee', 'is_assisted'))
    const metricOf = fc.record({ among: fc.option(expression, { nil: undefined }), counts: expression, needs })
    await withFacts({ dossiers }, async (filled) => {
      await fc.assert(
        fc.asyncProperty(fc.array(metricOf, { minLength: 1, maxLength: 12 }), async (said) => {
          const metrics = said.map(({ among, counts, needs: known }, i) =>
            own({ id: `own_${i}`, needs: known, counts: sqlOf(counts), ...(among ? { among: sqlOf(among) } : {}) }),
          )
          for (const one of metrics) definitions.metrics.set(one.id, one)
          const report = await reportOf(filled, { ...JUNE, metrics: metrics.map(({ id }) => id), needsFreshness: false })
          for (const { id } of metrics) definitions.metrics.delete(id)
          said.forEach(({ among, counts, needs: known }, i) => {
            const holds = (one: Expression | undefined, row: Row): boolean => one === undefined || evaluate(one, row) === true
            const whole = rows.filter((row) => known.every((id) => row[id] !== null) && holds(among, row))
            const { numerator, denominator, state } = rowOf(report, `own_${i}`)
            const expected = [whole.filter((row) => holds(counts, row)).length, whole.length]
            if (state !== 'not_computable') expect({ ...metrics[i], n: [numerator, denominator] }).toEqual({ ...metrics[i], n: expected })
          })
        }),
        property(40),
      )
    })
  })
})

describe('a value that the column can not have', () => {
  it.each([
    "'onlin' = channel",
    "channel = 'onlin'",
    "channel <> 'onlin'",
    "NOT channel = 'onlin'",
    "channel NOT IN ('online', 'onlin')",
    "'onlin' IN (channel, 'online')",
    "fee > 0 OR (channel = 'online' AND (channel = 'onlin'))",
    "CASE channel WHEN 'onlin' THEN true END",
    "CASE WHEN fee > 0 THEN channel ELSE 'onlin' END = 'online'",
    "channel = CASE WHEN fee > 0 THEN 'onlin' ELSE 'online' END",
    "coalesce(channel, 'onlin') = 'online'",
    "channel IS DISTINCT FROM 'onlin'",
    "nullif(channel, 'onlin') IS NULL",
  ])('is refused with what is allowed: %s', async (counts) => {
    expect(await problemOf(counts)).toMatchObject({
      exitStatus: 3,
      message: expect.stringMatching(/^metric own_rate: .*"onlin" is not a value of channel/),
      hint: expect.stringContaining('values of channel: online, in_person, postal'),
    })
  })

  it.each([
    "lower(channel) = 'onlin'",
    "channel::VARCHAR = 'onlin'",
    "channel LIKE 'onl%'",
    "channel < 'online'",
    'channel = payment',
    'channel = field',
    "channel = 'onl' || 'in'",
    'channel = NULL',
  ])('can not hide: %s', async (counts) => expect(await problemOf(counts)).toMatchObject({ code: 'invalid_definition', exitStatus: 3 }))

  it('is one of survey answers too', async () => {
    expect(await problemOf("survey_kind = 'kiosks'", 'answered')).toMatchObject({ hint: expect.stringContaining('survey, kiosk') })
    expect(await problemOf("survey_kind = 'kiosk' AND score BETWEEN 4 AND 5", 'answered')).toBeNull()
  })

  it('names the file, the line and the column', async () => {
    const folder = tempFolder()
    const file = write(
      folder,
      'metrics.yaml',
      `own_rate:
  label: { vi: A, en: B }
  short: { vi: A, en: B }
  definition: { vi: A, en: B }
  population: received
  among: fee > 0
  counts: "'onlin' = channel"
  direction: higher
  source: plan
`,
    )
    await expect(readOfficeConditions(await loadDefinitions(folder))).rejects.toMatchObject({ place: { file, line: 7, column: 3 } })
  })
})

describe('what a condition may say', () => {
  it.each([
    "lower(trim(procedure_name)) LIKE '%đất đai%' AND field ILIKE 'Đất%'",
    "code LIKE 'H_8%' OR starts_with(code, 'H48') OR left(unit_code, 3) = '000'",
    'due_at - received_at > INTERVAL 3 DAY',
    "due_at > received_at + INTERVAL '3 days'",
    "datediff('day', received_at, due_at) BETWEEN 1 AND 5 AND extract(month FROM received_at) = 6",
    "received_at >= DATE '2024-06-01' AND received_at < '2024-07-01'",
    'coalesce(fee, 0) * 2 + 1 > 3.5 AND -fee <> 1e3 AND fee % 2 = 0',
    'is_assisted IS TRUE OR is_assisted IS NOT FALSE OR is_assisted IS UNKNOWN',
    'TRY_CAST(code AS INTEGER) > 0 AND due_at::DATE = received_at::DATE AND fee::VARCHAR <> field',
    "CASE WHEN fee > 0 THEN 'a' ELSE 'b' END = 'a'",
    "timeliness = 'late' AND dossier.fee IS NOT NULL -- a remark",
    'length(procedure_name) > 10 AND round(fee / 1000, 1) = 1 AND greatest(fee, 5) = 5',
    "date_trunc('month', received_at) = DATE '2024-06-01' AND isodow(due_at) NOT IN (6, 7)",
    'true',
  ])('is read: %s', async (counts) => expect(await problemOf(counts)).toBeNull())

  it.each([
    ['random() < 0.5', /"random" gives something else at another call/],
    ['due_at < current_date', /"current_date" gives something else/],
    ['due_at < now()', /"now" gives something else/],
    ['pg_sleep(60) IS NULL', /"pg_sleep" gives something else/],
    ['fee > (SELECT 1)', /a subquery/],
    ['fee IN (SELECT 1)', /a subquery/],
    ['count(*) > 1', /"count_star" is not allowed/],
    ['count(*) OVER () > 1', /a window function/],
    ['list_sum(list_transform(range(1000000), lambda x: x)) > fee', /not allowed/],
    ['len(range(1000000000)) > fee', /not allowed/],
    ["length(repeat('x', 4000000000)) > fee", /"repeat" is not allowed/],
    ["length(lpad(code, 1000000000, 'x')) > fee", /"lpad" is not allowed/],
    ["regexp_matches(code, '(a+)+b')", /"regexp_matches" is not allowed/],
    ["code SIMILAR TO '(a+)+b'", /not allowed/],
    ["code LIKE '%_a%_b%'", /more than one "%"/],
    ['code LIKE field', /not a text that is written/],
    ["getenv('HOME') = code", /"getenv" is not allowed/],
    ['error(code) IS NULL', /"error" is not allowed/],
    ['cast(code AS INTEGER) > 0', /fails on some values/],
    ['code = 5', /can not be compared/],
    ['code > fee', /can not be compared/],
    ['fee', /neither true nor false/],
    ['fee AND is_assisted', /something true or false/],
    ['load_id > 1', /"load_id" is not a column/],
    ['fee = NULL', /never true/],
    ['fee NOT IN (1, NULL)', /never true/],
    ['fee > ?', /a parameter/],
    ['* IS NULL', /a star|not valid/],
    ['fee > 1e400', /not finite/],
    ['fee > 99999999999999999999', /too large/],
    ['fee > 0 AS x', /more than one expression/],
    ['fee > 0 LIMIT 1', /more than one expression/],
    ['fee > 0 WHERE true', /more than one expression/],
    ['fee > 0, true', /more than one expression/],
    ['fee > 0; SELECT true', /more than one expression/],
    ['fee > 0\u0000 AND nonsense', /control character/],
    ["channel = 'on\u0000line'", /control character/],
    ["field = '\u2028' || '", /not valid/],
    ['(fee, 1) = (1, 1)', /not allowed/],
    ['[fee][1] = 1', /not allowed|a list/],
    ["code COLLATE nocase = 'a'", /a collation/],
    ['lower(DISTINCT code) = code', /no plain function/],
    [`${'NOT '.repeat(5000)}true`, /not valid/],
  ])('is not: %s', async (counts, reason) => {
    const problem = await problemOf(counts)
    expect(problem).toBeInstanceOf(ToolError)
    expect(problem).toMatchObject({
      exitStatus: 3,
      message: expect.stringMatching(/^metric own_rate: /),
      hint: expect.stringContaining('functions:'),
    })
    expect(problem!.message).toMatch(reason)
    expect(problem!.message.length).toBeLessThan(500)
  })

  it('fails on a value of some row without printing it, and names the metric', async () => {
    const metric = own({ counts: 'fee * fee * fee > 0' })
    const asked = counted(metric, [{ fee: 7654321 }])
    await expect(asked).rejects.toMatchObject({
      code: 'invalid_definition',
      message: expect.stringMatching(/^metric own_rate: .* \(out of range error\)$/),
    })
    await expect(asked).rejects.not.toMatchObject({ message: expect.stringContaining('7654321') })
    definitions.metrics.delete(metric.id)
  })
})
