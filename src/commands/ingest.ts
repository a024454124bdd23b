import type { Definitions, FileResult, Language } from '../index.js'
import { say } from '../messages/message.js'
import { type Command, prepare, READING, seconds, WAIT, withStore } from './command.js'
import { fileLine, fileNotes, fileTable, lackingText, sharedLines, unknownUnitsText, unreadText, type Words } from './ingest-text.js'
import { toJson } from '../messages/visible.js'

export const ingest: Command = {
  name: 'ingest',
  summary: say('help.ingest'),
  arguments: '<file...>',
  options: [...READING, ['--keep-hash <column>', say('help.keep_hash')], ['--dry-run', say('help.dry_run')], WAIT],
  formats: ['table', 'json'],
  examples: [
    'cchc ingest dossiers.csv survey.csv plan.csv units.csv',
    'cchc ingest exports/2025-09/',
    'cchc ingest --layout office.yaml export.csv',
  ],
  run: async (context, named, options) => {
    const [
      {
        expandFiles,
        findUnknownTargetUnits,
        findUnknownUnits,
        formatCount,
        leaveOwn,
        ingestFiles,
        label,
        loadRegistry,
        metricsWithout,
        renderList,
        targetUnitsAsJson,
      },
      { describeError, readingOptions },
    ] = await Promise.all([import('../index.js'), import('./options.js')])
    const { settings, definitions } = await prepare(context, options)
    const isJson = options.format === 'json'
    const isRehearsal = options.dryRun === true
    const lang = settings.lang.value
    const how = {
      ...(await readingOptions(context, options, settings, definitions)),
      ...(options.keepHash === undefined ? {} : { keepHash: String(options.keepHash) }),
      ...(context.environment.CCHC_HASH_KEY ? { hashKey: context.environment.CCHC_HASH_KEY } : {}),
      dryRun: isRehearsal,
    }
    const { files, passedOver, own } = await leaveOwn(expandFiles(named, context.cwd), definitions, {
      folder: context.cwd,
      store: settings.db.value,
    })
    const isOne = files.length === 1
    const words: Words = {
      say: (key, values) => label(lang, key, values),
      count: (n) => formatCount(n, lang),
      kind: (one) => definitions.kinds[one].label[lang],
    }
    const { results, unknown, planned } = await withStore(
      settings,
      { readOnly: false, wait: await seconds(options.wait) },
      async (store) => {
        context.onInterrupt(() => store.interrupt())
        const starts = (file: string, i: number): void => context.progress(isOne ? '' : ` ${i + 1}/${files.length} ${file}`)
        const loaded = await ingestFiles(store, files, definitions, how, { starts }).finally(() => context.progress(''))
        if (store.isStopped) return { results: loaded, unknown: [], planned: [] }
        const registry = await loadRegistry(store, definitions, settings.province.value)
        const isWorthAsking = loaded.some(({ kind: one, status }) => status === 'loaded' && one !== 'survey' && one !== 'targets')
        return {
          results: loaded,
          unknown: isWorthAsking ? await findUnknownUnits(store, registry) : [],
          planned: loaded.some(({ status }) => status === 'loaded') ? await findUnknownTargetUnits(store, registry) : [],
        }
      },
    )
    const refused = results.flatMap(({ file, error }) => (error ? [{ file, error }] : []))
    const status = refused.some(({ error }) => error.exitStatus === 1) ? 1 : Math.max(0, ...refused.map(({ error }) => error.exitStatus))
    if (isJson) {
      const files = results.map((result) => fileJson(result, definitions, metricsWithout, lang))
      context.out(
        `${toJson({ schema: 'cchc.ingest/1', dry_run: isRehearsal, files, passed_over: passedOver, written_by_cchc: own, unknown_target_units: targetUnitsAsJson(planned) })}\n`,
      )
      for (const { error } of refused) context.warn(`${toJson({ error: error.asJson(lang) })}\n`)
      return status
    }
    if (!isOne) context.out(fileTable(results, words, renderList, context.width))
    else if (refused.length === 0) context.out(fileLine(results[0]!, words))
    const notes = fileNotes(results, words)
    context.say(notes.personal)
    context.say(notes.hidden)
    context.warn(notes.told)
    context.warn(notes.rejected)
    context.warn(notes.kept)
    context.say(notes.folded)
    context.say(sharedLines(results, (one) => unreadText(one, words, definitions, lang), words))
    context.warn(sharedLines(results, (one) => lackingText(one, words, definitions, lang, metricsWithout), words))
    if (own.length > 0) context.say(`   ${words.say('own_files', { n: own.length, files: own.join(', ') })}\n`)
    if (passedOver.length > 0) context.say(`   ${words.say('passed_over', { files: passedOver.join(', ') })}\n`)
    for (const { file, error } of refused) context.warn(` ✗ ${file}  ${words.say('not_loaded')}\n${describeError(error, lang)}`)
    if (unknown.length > 0) context.say(unknownUnitsText(unknown, words))
    if (planned.length > 0) context.warn(unknownUnitsText(planned, words, ['units_of_plan_unknown', 'targets_of_unit']))
    if (isRehearsal) context.say(` ${words.say('nothing_changed')}\n`)
    return status
  },
}

function fileJson(
  { loadId, counts, kept, folded, personal, ignored, unread, lacking, error, ...result }: FileResult,
  definitions: Definitions,
  metricsWithout: typeof import('../index.js').metricsWithout,
  lang: Language,
): Record<string, unknown> {
  return {
    ...result,
    load_id: loadId,
    ...counts,
    kept_results: kept,
    folded_codes: folded,
    personal_columns: personal,
    ignored_columns: ignored,
    unread_columns: unread,
    lacking_columns: lacking,
    lacking_metrics: result.kind === 'dossiers' ? metricsWithout(lacking, definitions).map(({ id }) => id) : [],
    error: error?.asJson(lang) ?? null,
  }
}
