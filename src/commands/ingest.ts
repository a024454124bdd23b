import { type Command, prepare, seconds, WAIT, withStore } from './command.js'

export const ingest: Command = {
  name: 'ingest',
  summary: 'load dossier exports, surveys, plans and unit registries into the store',
  arguments: '<file...>',
  options: [
    ['--kind <kind>', 'what the files are: dossiers, survey, targets, units (default: recognised)'],
    ['--layout <id|file>', 'read them by this layout'],
    ['--strict', 'refuse a file with any unreadable row (same as --max-rejects 0)'],
    ['--max-rejects <share>', 'refuse a file with more unreadable rows than this (default: 5%)'],
    ['--dry-run', 'say what would happen and change nothing'],
    ['--careful', 'read every file row by row'],
    WAIT,
  ],
  formats: ['table', 'json'],
  examples: ['cchc ingest dossiers.csv survey.csv plan.csv units.csv', 'cchc ingest --layout office.yaml export.csv'],
  run: async (context, files, options) => {
    const { formatCount, ingestFiles, readLayoutOption, settingsKinds } = await import('../index.js').then(async (api) => ({
      ...api,
      ...(await import('./options.js')),
    }))
    const { settings, definitions } = await prepare(context, options)
    const kind = settingsKinds(options.kind)
    const layout = await readLayoutOption(options.layout, context.cwd)
    const wait = await seconds(options.wait)
    const isJson = options.format === 'json'
    const lang = settings.lang.value
    const count = (n: number): string => formatCount(n, lang)
    const results = await withStore(settings, { readOnly: false, wait }, (store) =>
      ingestFiles(
        store,
        files,
        definitions,
        {
          ...(kind ? { kind } : {}),
          ...(layout ? { layout } : {}),
          maxRejects: options.strict ? 0 : settings.maxRejects.value,
          dryRun: options.dryRun === true,
          careful: options.careful === true,
          now: context.now(),
        },
        (result) => {
          if (isJson || result.status === 'refused') return
          const { read, loaded, unchanged, superseded, rejected, skipped } = result.counts
          const parts = [
            `${count(read)} read`,
            `${count(loaded)} loaded`,
            ...(unchanged > 0 ? [`${count(unchanged)} unchanged`] : []),
            ...(superseded > 0 ? [`${count(superseded)} superseded`] : []),
            ...(rejected > 0 ? [`${count(rejected)} rejected`] : []),
            ...(skipped > 0 ? [`${count(skipped)} skipped`] : []),
          ]
          const how = [definitions.kinds[result.kind!].label[lang], result.layout, result.encoding === 'utf-8' ? null : result.encoding]
            .filter((part) => part)
            .join(', ')
          context.out(` ✓ ${result.file}  ${how} · ${parts.join('  ')}\n`)
          if (result.personal.length > 0) context.say(`   personal columns dropped: ${result.personal.join(', ')}\n`)
          if (result.ignored.length > 0 && options.verbose) context.say(`   columns not read: ${result.ignored.join(', ')}\n`)
          if (rejected > 0 && result.loadId !== null)
            context.warn(`   ${count(rejected)} rows rejected: cchc loads --rejected ${result.loadId}\n`)
        },
      ),
    )
    const refused = results.filter(({ status }) => status === 'refused')
    const { describeError } = await import('./options.js')
    if (isJson)
      context.out(`${JSON.stringify({ schema: 'cchc.ingest/1', dry_run: options.dryRun === true, files: results.map(toJson) })}\n`)
    for (const { file, error } of refused)
      context.warn(isJson ? `${JSON.stringify({ error: error!.toJSON() })}\n` : ` ✗ ${file}  not loaded\n${describeError(error!)}`)
    if (options.dryRun && !isJson) context.say(' nothing was changed (--dry-run)\n')
    return refused[0]?.error?.exitStatus ?? 0
  },
}

function toJson({
  file,
  status,
  kind,
  layout,
  encoding,
  delimiter,
  loadId,
  counts,
  personal,
  ignored,
  error,
}: import('../index.js').FileResult): Record<string, unknown> {
  return {
    file,
    status,
    kind,
    layout,
    encoding,
    delimiter,
    load_id: loadId,
    ...counts,
    personal_columns: personal,
    ignored_columns: ignored,
    error: error?.toJSON() ?? null,
  }
}
