import type { Definitions, Encoding, Kind, Language } from '../index.js'
import { say } from '../messages/message.js'
import { type Command, type Context, type GlobalOptions, prepare, READING } from './command.js'
import { inspectionJson, inspectionText } from './inspect-text.js'
import { unknownUnitsText, type Words } from './ingest-text.js'
import { draftWords } from './vocabulary.js'
import { toJson } from '../messages/visible.js'

export const inspect: Command = {
  name: 'inspect',
  summary: say('help.inspect'),
  arguments: '<file...>',
  options: [...READING, ['--write-layout <file>', say('help.write_layout')], ['--write-vocabulary <file>', say('help.write_vocabulary')]],
  formats: ['table', 'json'],
  examples: ['cchc inspect export.csv', 'cchc inspect exports/2025-09/', 'cchc inspect export.csv --write-layout office.yaml'],
  run: async (context, named, options) => {
    const [
      { expandFiles, formatCount, leaveOwn, inspectFiles, label, maskPersonal, metricsWithout, reasonLabel, skipLabel, sampleRows },
      { describeError, readingOptions },
    ] = await Promise.all([import('../index.js'), import('./options.js')])
    const { settings, definitions } = await prepare(context, options)
    const lang = settings.lang.value
    const how = await readingOptions(context, options, settings, definitions)
    if (options.writeLayout !== undefined) return draft(context, named, options, lang, definitions, how)
    if (options.writeVocabulary !== undefined) return draftWords(context, named, options, lang, definitions, how)
    const { files, passedOver, own } = await leaveOwn(expandFiles(named, context.cwd), definitions, {
      folder: context.cwd,
      store: settings.db.value,
    })
    const {
      files: inspected,
      units,
      compared,
    } = await inspectFiles(
      files,
      definitions,
      {
        ...how,
        store: settings.db.value,
        memory: settings.memory.value,
        province: settings.province.value,
      },
      { starts: (file, i) => context.progress(files.length === 1 ? '' : ` ${i + 1}/${files.length} ${file}`) },
    ).finally(() => context.progress(''))
    const errors = inspected.flatMap(({ result }) => result.error ?? [])
    const status = errors.some(({ exitStatus }) => exitStatus === 1) ? 1 : Math.max(0, ...errors.map(({ exitStatus }) => exitStatus))
    if (options.format === 'json') {
      const shown = inspected.map((one) => inspectionJson(one, definitions, lang, { maskPersonal, metricsWithout, sampleRows }))
      context.out(
        `${toJson({ schema: 'cchc.inspect/1', files: shown, unknown_units: units, compared_with_store: compared, passed_over: passedOver, written_by_cchc: own })}\n`,
      )
      for (const error of errors) context.warn(`${toJson({ error: error.asJson(lang) })}\n`)
      return status
    }
    const words: Words = {
      say: (key, values) => label(lang, key, values),
      count: (n) => formatCount(n, lang),
      kind: (one) => definitions.kinds[one].label[lang],
    }
    for (const one of inspected) {
      if (one.mapping)
        context.out(inspectionText(one, words, definitions, lang, { maskPersonal, metricsWithout, reasonLabel, skipLabel, sampleRows }))
      if (one.result.error) context.warn(describeError(one.result.error, lang))
    }
    if (units.length > 0) context.out(unknownUnitsText(units, words))
    if (own.length > 0) context.say(`   ${words.say('own_files', { n: own.length, files: own.join(', ') })}\n`)
    if (passedOver.length > 0) context.say(`   ${words.say('passed_over', { files: passedOver.join(', ') })}\n`)
    return status
  },
}

async function draft(
  context: Context,
  files: string[],
  options: GlobalOptions & Record<string, unknown>,
  lang: Language,
  definitions: Definitions,
  how: { folder?: string; kind?: Kind; encoding?: Encoding; sheet?: string },
): Promise<number> {
  const { draftLayout, label, sniff, ToolError, writeWhole } = await import('../index.js')
  if (files.length !== 1) throw new ToolError('usage', say('usage.one_file_to_draft'), { hint: say('usage.name_one_file') })
  const target = String(options.writeLayout)
  writeWhole(target, draftLayout(await sniff(files[0]!, how), definitions, how.kind, lang), context.cwd)
  context.out(` ✓ ${label(lang, 'layout_drafted', { file: target })}\n`)
  return 0
}
