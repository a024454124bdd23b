import { loadDefinitions, type Definitions } from '../../src/definitions/load.js'
import type { Level, Policy } from '../../src/definitions/schema.js'
import type { Comparison } from '../../src/measure/compare.js'
import { makeReport, type Report, type ReportRequest } from '../../src/measure/report.js'
import { DERIVED } from '../../src/store/derived.js'
import { Store } from '../../src/store/store.js'
import type { Value } from '../../src/store/values.js'

/** A dossier as an export says it; what is left out is not known. */
export interface DossierRow {
  code?: string
  procedure_code?: string | null
  procedure_name?: string | null
  field?: string | null
  unit_code?: string | null
  unit_name?: string | null
  level?: Level | null
  channel?: 'online' | 'in_person' | 'postal' | null
  service_level?: 'full' | 'partial' | 'information' | null
  received_at?: string | null
  due_at?: string | null
  resolved_at?: string | null
  returned_at?: string | null
  status?: string | null
  fee?: number | null
  payment?: 'online' | 'cash' | 'transfer' | 'not_online' | 'none' | 'exempt' | null
  paid_at?: string | null
  is_intake_digitised?: boolean | null
  is_result_digitised?: boolean | null
  is_data_reused?: boolean | null
  has_apology_letter?: boolean | null
  is_assisted?: boolean | null
  is_vertical_sector?: boolean | null
  updated_at?: string | null
}

export interface AnswerRow {
  answered_at: string
  score: number
  survey_kind?: 'survey' | 'kiosk'
  unit_code?: string | null
  unit_name?: string | null
  factor?: string | null
}

export interface UnitRow {
  code: string
  name: string
  level: Level
  parent?: string
  valid_from?: string
  valid_to?: string
  reporting_level?: Level
  is_vertical_sector?: boolean
}

export interface ChangeRow {
  old_code?: string
  old_name?: string
  old_level?: Level
  old_parent?: string
  new_code: string
  new_name?: string
  level?: Level
  effective_from: string
  share?: number
  extent?: 'whole' | 'part'
}

export interface TargetRow {
  metric: string
  share: number
  level?: Level
  unit?: string
  period?: string
  effective_from?: string
}

export interface Facts {
  dossiers?: readonly DossierRow[]
  answers?: readonly AnswerRow[]
  units?: readonly UnitRow[]
  changes?: readonly ChangeRow[]
  /** Other names of units: name → code. */
  aliases?: Readonly<Record<string, string>>
  targets?: readonly TargetRow[]
  /** The day of the loads. */
  loadedOn?: string
  /** Dossier columns that no export carries. */
  without?: readonly string[]
}

export const definitions: Definitions = await loadDefinitions()

const PROVIDED = Object.keys(definitions.kinds.dossiers.columns)

/** Fills a new store and uses it. */
export async function withFacts<T>(facts: Facts, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await Store.inMemory()
  try {
    await fill(store, facts)
    return await use(store)
  } finally {
    store.close()
  }
}

async function fill(
  store: Store,
  { dossiers = [], answers = [], units = [], changes = [], aliases = {}, targets = [], without = [], loadedOn = '2030-01-01' }: Facts,
): Promise<void> {
  const columns = PROVIDED.filter((column) => !without.includes(column))
  const loads = [
    { kind: 'dossiers', columns, rows: dossiers.map((row, i) => ({ code: `D${i}`, ...row })), table: 'dossier_version' },
    {
      kind: 'survey',
      columns: ['score'],
      rows: answers.map((row, i) => ({ key: `A${i}`, survey_kind: 'survey', ...row })),
      table: 'survey_answer_version',
    },
    {
      kind: 'units',
      columns: ['name'],
      rows: units.map((row) => ({ key: `${row.code}|${row.valid_from ?? ''}`, is_vertical_sector: false, ...row })),
      table: 'unit_version',
    },
    {
      kind: 'unit_changes',
      columns: ['new_code'],
      rows: changes.map((row, i) => ({ key: `C${i}`, level: 'commune', old_level: row.level ?? 'commune', ...row })),
      table: 'unit_change_version',
    },
    {
      kind: 'unit_aliases',
      columns: ['alias'],
      rows: Object.entries(aliases).map(([name, code]) => ({ key: name, name, code })),
      table: 'unit_alias_version',
    },
    {
      kind: 'targets',
      columns: ['metric'],
      rows: targets.map((row, i) => ({ key: `T${i}`, source: `plan ${i}`, ...row })),
      table: 'target_version',
    },
  ]
  for (const [i, { kind, columns, rows, table }] of loads.entries()) {
    if (rows.length === 0) continue
    await store.run(
      `INSERT INTO load (load_id, kind, loaded_at, columns) VALUES (${i + 1}, '${kind}', '${loadedOn}', [${columns.map(sql).join(', ')}])`,
    )
    const names = [...new Set(rows.flatMap((row) => Object.keys(row)))]
    const values = rows.map((row) => `(${names.map((name) => sql((row as Record<string, Value>)[name] ?? null)).join(', ')}, ${i + 1})`)
    await store.run(`INSERT INTO ${table} (${names.join(', ')}, load_id) VALUES ${values.join(', ')}`)
  }
  const derived = Object.entries(DERIVED).map(([column, value]) => `${column} = ${value}`)
  await store.run(`UPDATE dossier_version SET ${derived.join(', ')}`)
}

function sql(value: Value): string {
  return typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)
}

export const DEFAULT_POLICY: Policy = definitions.policies.default!

/** A report over some facts; the day of reporting is long after the period unless said. */
export function reportOf(store: Store, request: Partial<Omit<ReportRequest, 'policy'>> & { policy?: Partial<Policy> }): Promise<Report> {
  const policy = { ...DEFAULT_POLICY, ...request.policy }
  return makeReport(store, definitions, { asOf: '2030-01-01', needsFreshness: true, ...request, policy: { id: 'default', policy } })
}

export function reportOn(facts: Facts, request: Parameters<typeof reportOf>[1]): Promise<Report> {
  return withFacts(facts, (store) => reportOf(store, request))
}

/** The only row of a metric with the given dimensions; every other dimension is "all". */
export function rowOf(
  report: Report,
  metric: string,
  where: Partial<{ level: Level; unit: string; month: string; field: string }> = {},
): Comparison {
  const found = report.rows.filter(
    (row) =>
      row.metric === metric &&
      (where.unit === undefined ? row.unit === null && row.level === (where.level ?? null) : row.unit?.code === where.unit) &&
      row.month === (where.month ?? null) &&
      row.field === (where.field ?? null) &&
      row.procedure === null &&
      row.factor === null,
  )
  if (found.length !== 1) throw new Error(`${found.length} rows of ${metric} for ${JSON.stringify(where)}`)
  return found[0]!
}
