import type { FileResult, LabelKey, UnknownUnit } from '../index.js'
import { type Command, prepare, seconds, WAIT, withStore } from './command.js'

export const ingest: Command = {
  name: 'ingest',
  summary: 'load dossier exports, surveys, plans and unit registries into the store',
  arguments: '<file...>',
  options: [
    ['--kind <kind>', 'what the files are: dossiers, survey, targets, units (default: recognised)'],
    ['--layout <id|file>', 'read them by this layout'],
    ['--encoding <name>', 'what the text is written in: utf-8, utf-16le, utf-16be, windows-1258, tcvn3, vni (default: recognised)'],
    ['--strict', 'refuse a file with any unreadable row (same as --max-rejects 0)'],
    ['--max-rejects <share>', 'refuse a file with more unreadable rows than this (default: 5%)'],
    ['--dry-run', 'say what would happen and change nothing'],
    ['--careful', 'read every file row by row'],
    WAIT,
  ],
  formats: ['table', 'json'],
  examples: ['cchc ingest dossiers.csv survey.csv plan.csv units.csv', 'cchc ingest --layout office.yaml export.csv'],
  run: async (context, files, options) => {
    const [
      { encodingOf, findUnknownUnits, formatCount, ingestFiles, label, loadRegistry },
      { describeError, kindOption, readLayoutOption },
    ] = await Promise.all([import('../index.js'), import('./options.js')])
    const { settings, definitions } = await prepare(context, options)
    const [kind, layout, wait] = [
      kindOption(options.kind),
      await readLayoutOption(options.layout, context.cwd),
      await seconds(options.wait),
    ]
    const isJson = options.format === 'json'
    const isRehearsal = options.dryRun === true
    const lang = settings.lang.value
    const how = {
      ...(kind ? { kind } : {}),
      ...(layout ? { layout } : {}),
      ...(options.encoding === undefined ? {} : { encoding: encodingOf(String(options.encoding)) }),
      maxRejects: options.strict ? 0 : settings.maxRejects.value,
      dryRun: isRehearsal,
      careful: options.careful === true,
      now: context.now(),
    }
    const print = (result: FileResult): void => {
      if (isJson || result.error) return
      const kindName = definitions.kinds[result.kind!].label[lang]
      context.out(` ✓ ${result.file}  ${describe(result, kindName, (key, n) => `${formatCount(n, lang)} ${label(lang, key)}`)}\n`)
      if (result.personal.length > 0) context.say(`   ${label(lang, 'personal_dropped', { columns: result.personal.join(', ') })}\n`)
      if (result.ignored.length > 0 && options.verbose)
        context.say(`   ${label(lang, 'not_read', { columns: result.ignored.join(', ') })}\n`)
      if (result.counts.rejected > 0 && result.loadId !== null) {
        const n = formatCount(result.counts.rejected, lang)
        context.warn(`   ${label(lang, 'rows_rejected', { n, load: result.loadId })}\n`)
      }
    }
    const { results, unknown } = await withStore(settings, { readOnly: false, wait }, async (store) => {
      const loaded = await ingestFiles(store, files, definitions, how, print)
      const isWorthAsking = loaded.some(({ kind: one, status }) => status === 'loaded' && (one === 'dossiers' || one === 'units'))
      return { results: loaded, unknown: isWorthAsking ? await findUnknownUnits(store, await loadRegistry(store)) : [] }
    })
    if (isJson) context.out(`${JSON.stringify({ schema: 'cchc.ingest/1', dry_run: isRehearsal, files: results.map(toJson) })}\n`)
    const refused = results.flatMap(({ file, error }) => (error ? [{ file, error }] : []))
    for (const { file, error } of refused) {
      context.warn(
        isJson ? `${JSON.stringify({ error: error.toJSON() })}\n` : ` ✗ ${file}  ${label(lang, 'not_loaded')}\n${describeError(error)}`,
      )
    }
    if (unknown.length > 0 && !isJson) context.say(describeUnknown(unknown, (key, values) => label(lang, key, values)))
    if (isRehearsal && !isJson) context.say(` ${label(lang, 'nothing_changed')}\n`)
    return refused[0]?.error.exitStatus ?? 0
  },
}

const COUNTS = ['read', 'loaded', 'unchanged', 'superseded', 'rejected', 'skipped'] as const

function describe(
  { layout, encoding, counts }: FileResult,
  kind: string,
  count: (key: (typeof COUNTS)[number], n: number) => string,
): string {
  const parts = COUNTS.filter((key) => key === 'read' || key === 'loaded' || counts[key] > 0).map((key) => count(key, counts[key]))
  const how = [kind, layout, encoding === 'utf-8' ? null : encoding].filter((part) => part).join(', ')
  return `${how} · ${parts.join('  ')}`
}

function describeUnknown(units: readonly UnknownUnit[], say: (key: LabelKey, values: Record<string, string | number>) => string): string {
  const lines = units.slice(0, 5).map(({ said, rows, suggestions }) => {
    const like = suggestions.length > 0 ? `; ${say('note_similar', { names: suggestions.join(', ') })}` : ''
    return `   ${say('dossiers_of_unit', { unit: said, n: rows })}${like}`
  })
  const more = units.length > lines.length ? [`   ${say('and_more', { n: units.length - lines.length })}`] : []
  return `${[` ${say('units_unknown', { n: units.length })}`, ...lines, ...more].join('\n')}\n`
}

function toJson({ loadId, counts, personal, ignored, error, ...result }: FileResult): Record<string, unknown> {
  return { ...result, load_id: loadId, ...counts, personal_columns: personal, ignored_columns: ignored, error: error?.toJSON() ?? null }
}
