import type { FileResult, Language } from '../index.js'
import { type Command, prepare, seconds, WAIT, withStore } from './command.js'
import { fileLine, fileNotes, fileTable, unknownUnitsText, type Words } from './ingest-text.js'

export const ingest: Command = {
  name: 'ingest',
  summary: 'load dossier exports, surveys, plans and unit registries into the store; of a folder all that is in it',
  arguments: '<file...>',
  options: [
    ['--kind <kind>', 'what the files are: dossiers, survey, targets, units, unit_changes, unit_aliases, indicators (default: recognised)'],
    ['--layout <id|file>', 'read them by this layout'],
    ['--sheet <name>', 'which sheet of a workbook (default: the one with a known header)'],
    ['--encoding <name>', 'what the text is written in: utf-8, utf-16le, utf-16be, windows-1258, tcvn3, vni (default: recognised)'],
    ['--fill-down <columns>', 'empty cells of these columns say what stands above them, as in copies of merged cells; or: none'],
    ['--period <period>', 'of summaries that do not say it themselves'],
    ['--keep-hash <column>', 'keep a keyed hash of this personal column, to know the same submitter again'],
    ['--strict', 'refuse a file with any unreadable row (same as --max-rejects 0)'],
    ['--max-rejects <share>', 'refuse a file with more unreadable rows than this (default: 5%)'],
    ['--dry-run', 'say what would happen and change nothing'],
    ['--careful', 'read every file row by row'],
    WAIT,
  ],
  formats: ['table', 'json'],
  examples: [
    'cchc ingest dossiers.csv survey.csv plan.csv units.csv',
    'cchc ingest exports/2025-09/',
    'cchc ingest --layout office.yaml export.csv',
  ],
  run: async (context, named, options) => {
    const [
      { encodingOf, expandFiles, findUnknownUnits, formatCount, ingestFiles, label, loadRegistry, renderList },
      { describeError, kindOption, readLayoutOption },
    ] = await Promise.all([import('../index.js'), import('./options.js')])
    const { settings, definitions } = await prepare(context, options)
    const [kind, layout, wait] = [
      kindOption(options.kind),
      await readLayoutOption(options.layout, context.cwd, definitions),
      await seconds(options.wait),
    ]
    const isJson = options.format === 'json'
    const isRehearsal = options.dryRun === true
    const lang = settings.lang.value
    const how = {
      ...(kind ? { kind } : {}),
      ...(layout ? { layout } : {}),
      ...(options.encoding === undefined ? {} : { encoding: encodingOf(String(options.encoding)) }),
      ...(options.keepHash === undefined ? {} : { keepHash: String(options.keepHash) }),
      ...(context.environment.CCHC_HASH_KEY ? { hashKey: context.environment.CCHC_HASH_KEY } : {}),
      ...(options.period === undefined ? {} : { period: String(options.period) }),
      ...(options.fillDown === undefined ? {} : { fillDown: String(options.fillDown) }),
      ...(options.sheet === undefined ? {} : { sheet: String(options.sheet) }),
      maxRejects: options.strict ? 0 : settings.maxRejects.value,
      dryRun: isRehearsal,
      careful: options.careful === true,
      now: context.now(),
    }
    const { files, passedOver } = expandFiles(named)
    const isOne = files.length === 1
    const words: Words = {
      say: (key, values) => label(lang, key, values),
      count: (n) => formatCount(n, lang),
      kind: (one) => definitions.kinds[one].label[lang],
    }
    const { results, unknown } = await withStore(settings, { readOnly: false, wait }, async (store) => {
      const loaded = await ingestFiles(store, files, definitions, how, (file, i) =>
        context.progress(isOne ? '' : ` ${i + 1}/${files.length} ${file}`),
      ).finally(() => context.progress(''))
      const isWorthAsking = loaded.some(({ kind: one, status }) => status === 'loaded' && one !== 'survey' && one !== 'targets')
      return {
        results: loaded,
        unknown: isWorthAsking ? await findUnknownUnits(store, await loadRegistry(store, definitions, settings.province.value)) : [],
      }
    })
    const refused = results.flatMap(({ file, error }) => (error ? [{ file, error }] : []))
    const status = refused.some(({ error }) => error.exitStatus === 1) ? 1 : Math.max(0, ...refused.map(({ error }) => error.exitStatus))
    if (isJson) {
      const files = results.map((one) => toJson(one, lang))
      context.out(`${JSON.stringify({ schema: 'cchc.ingest/1', dry_run: isRehearsal, files, passed_over: passedOver })}\n`)
      for (const { error } of refused) context.warn(`${JSON.stringify({ error: error.toJSON(lang) })}\n`)
      return status
    }
    if (!isOne) context.out(fileTable(results, words, renderList, context.width))
    else if (refused.length === 0) context.out(fileLine(results[0]!, words))
    const notes = fileNotes(results, words)
    context.say(notes.personal)
    context.say(notes.hidden)
    context.warn(notes.told)
    context.warn(notes.rejected)
    if (options.verbose)
      for (const { file, ignored } of results)
        if (ignored.length > 0) context.say(`   ${file}: ${words.say('not_read', { columns: ignored.join(', ') })}\n`)
    if (passedOver.length > 0) context.say(`   ${words.say('passed_over', { files: passedOver.join(', ') })}\n`)
    for (const { file, error } of refused) context.warn(` ✗ ${file}  ${words.say('not_loaded')}\n${describeError(error, lang)}`)
    if (unknown.length > 0) context.say(unknownUnitsText(unknown, words))
    if (isRehearsal) context.say(` ${words.say('nothing_changed')}\n`)
    return status
  },
}

function toJson({ loadId, counts, personal, ignored, error, ...result }: FileResult, lang: Language): Record<string, unknown> {
  return { ...result, load_id: loadId, ...counts, personal_columns: personal, ignored_columns: ignored, error: error?.toJSON(lang) ?? null }
}
