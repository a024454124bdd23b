import type { Definitions } from '../definitions/load.js'
import type { Store } from '../store/store.js'
import type { UnitView } from '../units/view.js'
import { Balance } from './balance.js'
import { compileMetric, countsPaid, predicatesOf, type CompiledMetric } from './compile.js'
import { bucketPeriods, buildDossierCube, buildSurveyCube, weightSql } from './cube.js'
import type { UnknownUnit } from '../units/unknown.js'
import { planGrains } from './grain.js'
import { blank, completeGrid, dedupe, isKept } from './grid.js'
import { assertFew } from './limit.js'
import { countNoAnswers, countNotes, type Notes } from './notes.js'
import type { Dimension, MetricResult, Query } from './result.js'
import { failedCondition, metricConditions, readConditions } from './predicates.js'
import { rollUp } from './rollup.js'
import { isSpelled, resolveSpellings } from './spelling.js'
import { countUnleveled, frameUnits, resolveUnits } from './unit-ref.js'

export interface Measured {
  results: MetricResult[]
  unknownUnits: UnknownUnit[]
  notes: Notes
}

/** Measures metrics over a period, for the total and every grouping, from one scan of each kind of fact. */
export async function measure(store: Store, definitions: Definitions, asked: Query, view: UnitView): Promise<Measured> {
  const query = { ...asked, groupings: asked.groupings.map(withoutLevelOfUnit) }
  const provided = await providedColumns(store)
  await readConditions(query.metrics.flatMap(metricConditions), definitions, store)
  const compiled = query.metrics.map((metric) => compileMetric(metric, definitions))
  const computable = compiled.filter((one) => isComputable(one, provided))
  const results: MetricResult[] = []
  const unknownUnits: UnknownUnit[] = []
  let notes: Notes | null = null
  let unleveled = 0
  for (const fact of ['dossier', 'survey_answer'] as const) {
    const metrics = computable.filter((one) => one.fact === fact)
    if (metrics.length === 0 && (fact === 'survey_answer' || !provided.has('dossier'))) continue
    const predicates = predicatesOf(metrics)
    const groupings = [[], ...query.groupings].filter((grouping) => grouping.every((dimension) => hasDimension(fact, dimension)))
    const byMonth = groupings.flat().includes('month')
    const plan =
      fact === 'dossier'
        ? planGrains(groupings, query, view.registry.units)
        : { grains: [{ units: true, months: byMonth, field: false, procedure: false }], of: () => 0 }
    const frame = await frameUnits(store, fact, query.period, view, provided.has(fact === 'dossier' ? 'level' : 'survey level'))
    const build = async (): Promise<void> => {
      if (fact === 'survey_answer') return buildSurveyCube(store, query.period, byMonth, predicates, frame)
      const needs = { grains: plan.grains, needsPaid: countsPaid(metrics), provided }
      await buildDossierCube(store, query.period, needs, predicates, query.policy, definitions.stages, frame)
    }
    await build().catch(async (error: unknown) => {
      throw (await failedCondition(store, metrics.map(({ metric }) => metric).flatMap(metricConditions), definitions, fact)) ?? error
    })
    const monthsOf = ({ months }: { months: boolean }): number => bucketPeriods(query.period, months).length
    const weightOf = (grain: { months: boolean }): string => (fact === 'dossier' ? weightSql(monthsOf(grain)) : 'sum(n)')
    const unknown = await resolveUnits(store, fact, view, query.period, frame.eras, weightOf(plan.grains[0]!))
    for (const one of unknown) unknownUnits.push(one)
    if (fact === 'survey_answer') unleveled = await countUnleveled(store)
    if (fact === 'dossier' && !query.isAside) notes = await countNotes(store, query, definitions.stages, monthsOf(plan.grains[0]!))
    const spellings = await resolveSpellings(
      store,
      [...new Set(groupings.flat().filter(isSpelled))].map((dimension) => {
        const grain = plan.of([dimension])
        return { dimension, grain, weight: weightOf(plan.grains[grain]!) }
      }),
    )
    const balance = new Balance()
    for (const grouping of groupings) {
      const number = plan.of(grouping)
      const part = { number, grain: plan.grains[number]!, spellings }
      const tally = balance.of(grouping)
      for await (const some of rollUp(store, fact, metrics, predicates, grouping, query, part, tally)) {
        for (const one of some) if (isKept(one, query)) results.push(one)
        assertFew(results.length, query)
      }
      tally.assert()
    }
  }
  for (const { metric } of compiled.filter((one) => !computable.includes(one))) {
    for (const grouping of [[], ...query.groupings])
      if (grouping.every((one) => one === 'level')) results.push(blank(metric.id, query.period, 'not_computable'))
  }
  completeGrid(results, compiled, computable, query, view, unleveled > 0)
  const asksSurveys = computable.some(({ fact }) => fact === 'survey_answer')
  const noAnswer = asksSurveys && !query.isAside ? await countNoAnswers(store, query, view) : 0
  return {
    results: dedupe(results),
    unknownUnits: mergeUnknown(unknownUnits),
    notes: {
      ...(notes ?? {
        vertical: 0,
        undated: 0,
        noDueDate: 0,
        withdrawn: 0,
        stopped: 0,
        notReceived: 0,
        noLevel: 0,
        noUnit: 0,
        unknownUnit: 0,
        split: 0,
        noAnswer: 0,
        noLevelAnswers: 0,
      }),
      noAnswer,
      noLevelAnswers: query.isAside ? 0 : unleveled,
    },
  }
}

/** A unit has one level: by level and unit is by unit. */
function withoutLevelOfUnit(grouping: readonly Dimension[]): readonly Dimension[] {
  return grouping.includes('unit') ? grouping.filter((dimension) => dimension !== 'level') : grouping
}

function hasDimension(fact: CompiledMetric['fact'], dimension: Dimension): boolean {
  return fact === 'dossier' ? dimension !== 'factor' : !['field', 'procedure'].includes(dimension)
}

/** Columns that some load brought; `dossier` stands for any dossier at all, `survey:kind` for answers of a kind. */
async function providedColumns(store: Store): Promise<Set<string>> {
  const rows = await store.rows<{ columns: string[] }>(`SELECT columns FROM load WHERE kind = 'dossiers'`)
  const provided = new Set(rows.flatMap(({ columns }) => columns))
  if (rows.length > 0) provided.add('dossier')
  const kinds = await store.rows<{ survey_kind: string }>(`SELECT DISTINCT survey_kind FROM survey_answer`)
  for (const { survey_kind } of kinds) provided.add(`survey:${survey_kind}`)
  if (await store.row(`SELECT 1 FROM survey_answer WHERE level IS NOT NULL LIMIT 1`)) provided.add('survey level')
  return provided
}

function isComputable({ needs, fact, metric }: CompiledMetric, provided: Set<string>): boolean {
  if (fact === 'dossier') return provided.has('dossier') && needs.every((group) => group.some((id) => provided.has(id)))
  const kind = metric.survey_kind
  return kind ? provided.has(`survey:${kind}`) : [...provided].some((id) => id.startsWith('survey:'))
}

function mergeUnknown(units: UnknownUnit[]): UnknownUnit[] {
  const merged = new Map<string, UnknownUnit>()
  for (const unit of units) {
    const known = merged.get(unit.said)
    if (known) known.rows += unit.rows
    else merged.set(unit.said, unit)
  }
  return [...merged.values()]
}
