import { basename } from 'node:path'

import { listed, onDay, render, say, written, type Message } from '../messages/message.js'
import type { Kind, LoadEntry, UndoPlan } from '../index.js'
import { type Command, prepare, seconds, WAIT, withStore } from './command.js'
import { toJson } from '../messages/visible.js'

const COUNTS = ['read', 'loaded', 'unchanged', 'superseded', 'rejected', 'skipped'] as const

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const loads: Command = {
  name: 'loads',
  summary: say('help.loads'),
  arguments: '[what...]',
  options: [['--rejected [load]', say('help.rejected')], ['--mend <file>', say('help.mend')], ['--yes', say('help.yes')], WAIT],
  formats: ['table', 'json', 'csv'],
  examples: [
    'cchc loads',
    'cchc loads --rejected 14 --format csv',
    'cchc loads --rejected 14 --mend mend.csv',
    'cchc loads undo 14',
    'cchc loads verify',
  ],
  run: async (context, [first, second], options) => {
    const { listLoads, listRejected, ToolError } = await import('../index.js')
    const { settings, definitions } = await prepare(context, options)
    const lang = settings.lang.value
    const action = first === 'undo' || first === 'verify' ? first : null
    const asked = (action === null ? first : second) ?? (typeof options.rejected === 'string' ? options.rejected : undefined)
    const loadId = asked === undefined ? null : Number(asked)
    if (loadId !== null && !Number.isInteger(loadId))
      throw new ToolError('usage', say('usage.not_a_load', { text: asked! }), { hint: say('ingest.all_loads') })
    if (options.mend !== undefined) return mend(loadId, String(options.mend))
    if (action === 'undo') return undo(loadId)
    if (action === 'verify') return verify()
    return withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, async (store) => {
      const all = await listLoads(store)
      const found = all.filter(({ load_id }) => loadId === null || load_id === loadId)
      if (loadId !== null && found.length === 0)
        throw new ToolError('usage', say('ingest.no_load', { load: String(loadId) }), { hint: say('ingest.all_loads') })
      if (options.rejected === undefined && loadId !== null && options.format !== 'json' && options.format !== 'csv')
        await printOne(found[0]!)
      else if (options.rejected === undefined) await printLoads(found)
      else await printRejected(await listRejected(store, loadId))
      return 0
    })

    async function mend(id: number | null, file: string): Promise<number> {
      if (id === null)
        throw new ToolError('usage', say('usage.which_rows'), {
          hint: say('usage.example', { command: 'cchc loads --rejected 14 --mend mend.csv' }),
        })
      const { label, rawCsv, rowsToMend, writeWhole } = await import('../index.js')
      const rows = await withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, (store) =>
        rowsToMend(store, id, definitions, context.cwd),
      )
      writeWhole(file, `\ufeff${rawCsv(rows)}`, context.cwd)
      context.say(` ✓ ${label(lang, 'to_mend', { n: rows.filter((row) => row.length > 0).length - 1, file })}\n`)
      return 0
    }

    async function undo(id: number | null): Promise<number> {
      if (id === null) throw new ToolError('usage', say('usage.which_load'), { hint: say('usage.undo_example') })
      const { label, planUndo, undoLoad } = await import('../index.js')
      const load = await withStore(settings, { readOnly: false, wait: await seconds(options.wait) }, async (store) => {
        context.onInterrupt(() => store.interrupt())
        const isSure = options.yes === true || context.ask === undefined || (await context.ask(inWords(await planUndo(store, id))))
        return isSure ? undoLoad(store, id) : null
      })
      if (load === null) {
        context.say(`${render(say('usage.nothing_taken_back'), lang)}\n`)
        return 0
      }
      if (options.format === 'json') context.out(`${toJson({ schema: 'cchc.undo/1', load_id: id, file: load.file })}\n`)
      else context.out(` ✓ ${label(lang, 'undone', { load: id, file: load.file })}\n`)
      return 0
    }

    function inWords({ load, resting }: UndoPlan): string {
      const { file, loaded_at, load_id, loaded, rejected } = load
      const what = say('usage.undo_what', {
        load: String(load_id),
        file: basename(file),
        day: onDay(loaded_at.slice(0, 10)),
        loaded,
        rejected,
      })
      const rest = resting.length === 0 ? [] : [say('usage.undo_resting', { loads: listed(resting.map((one) => String(one.load_id))) })]
      return [what, ...rest, say('usage.undo_sure')].map((one) => render(one, lang)).join('\n')
    }

    async function verify(): Promise<number> {
      const { EXIT, label, renderList, verifyLoads } = await import('../index.js')
      const checked = await withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, (store) =>
        verifyLoads(store, context.cwd),
      )
      const inWords = (fault: Message): string => render(fault, lang)
      const isSound = checked.every(({ faults }) => faults.length === 0)
      if (options.format === 'json')
        context.out(`${toJson({ schema: 'cchc.verify/1', loads: checked.map((one) => ({ ...one, faults: one.faults.map(inWords) })) })}\n`)
      else {
        const rows = checked.map(({ load_id, file, source, faults }) => ({
          load_id,
          source: label(lang, `source_${source}`),
          sums: faults.length === 0 ? label(lang, 'sums_right') : faults.map(inWords).join('; '),
          file,
        }))
        const columns = [
          { key: 'load_id', heading: label(lang, 'load') },
          { key: 'source', heading: label(lang, 'file') },
          { key: 'sums', heading: label(lang, 'sums') },
          { key: 'file', heading: '', wraps: true },
        ]
        context.out(renderList(rows, columns, context.width))
      }
      if (!isSound) return EXIT.fault
      return checked.some(({ source }) => source === 'changed') ? EXIT.noData : EXIT.done
    }

    async function printLoads(found: Awaited<ReturnType<typeof listLoads>>): Promise<void> {
      const { formatCount, label, renderList, toCsv } = await import('../index.js')
      if (options.format === 'json') context.out(`${toJson({ schema: 'cchc.loads/1', loads: found })}\n`)
      else if (options.format === 'csv') {
        context.out(
          toCsv(
            found.map((one) => ({
              ...one,
              columns: one.columns.join(' '),
              personal_columns: one.personal_columns.join(', '),
              ignored_columns: one.ignored_columns.join(', '),
            })),
          ),
        )
      } else {
        const counts = COUNTS.filter((key) => key === 'read' || key === 'loaded' || found.some((one) => one[key] > 0))
        const columns = [
          { key: 'load_id', heading: label(lang, 'load') },
          { key: 'loaded_at', heading: label(lang, 'when') },
          { key: 'kind', heading: label(lang, 'kind') },
          ...counts.map((key) => ({ key, heading: capital(label(lang, key)), isNumber: true })),
          { key: 'file', heading: label(lang, 'file'), wraps: true },
        ]
        context.out(
          renderList(
            found.map(({ columns: _c, personal_columns: _p, ignored_columns: _i, kind, ...one }) => ({
              ...one,
              file: basename(one.file) + (one.sheet === null ? '' : ` "${one.sheet}"`),
              loaded_at: written(onDay(one.loaded_at.slice(0, 16)), lang),
              kind: definitions.kinds[kind as Kind].label[lang],
              ...Object.fromEntries(counts.map((key) => [key, formatCount(one[key], lang)])),
            })),
            columns,
            context.width,
          ),
        )
      }
    }

    async function printOne(load: LoadEntry): Promise<void> {
      const { formatCount, label, renderList, skipLabel } = await import('../index.js')
      const reasons = Object.entries(JSON.parse(load.skipped_reasons) as Record<string, number>)
      const rows = [
        ['load', String(load.load_id)],
        ['when', written(onDay(load.loaded_at.slice(0, 16)), lang)],
        ['kind', definitions.kinds[load.kind as Kind].label[lang]],
        ['file', load.file],
        ['sheet_name', load.sheet],
        ['encoding', load.sheet === null ? load.encoding : null],
        ['layout_name', load.layout],
        ...COUNTS.map((key) => [key, formatCount(load[key], lang)] as const),
        ['kept_results', load.kept_results ? formatCount(load.kept_results, lang) : null],
        ['folded_codes', load.folded_codes ? formatCount(load.folded_codes, lang) : null],
        ['skipped_why', reasons.map(([reason, n]) => `${skipLabel(lang, reason)} ${formatCount(n, lang)}`).join(', ')],
        ['columns_read', load.columns.join(', ')],
        ['columns_personal', load.personal_columns.join(', ')],
        ['columns_ignored', load.ignored_columns.join(', ')],
        ['sha256', load.sha256],
      ] as const
      const shown = rows.filter(([, value]) => value).map(([key, value]) => ({ key: capital(label(lang, key)), value: value! }))
      context.out(
        renderList(
          shown,
          [
            { key: 'key', heading: '' },
            { key: 'value', heading: '' },
          ],
          Infinity,
          false,
        ),
      )
    }

    async function printRejected(rejected: Awaited<ReturnType<typeof listRejected>>): Promise<void> {
      const { label, reasonLabel, renderList, toCsv } = await import('../index.js')
      if (options.format === 'json') context.out(`${toJson({ schema: 'cchc.rejected/1', rejected })}\n`)
      else if (options.format === 'csv') {
        context.out(
          toCsv(
            rejected.map((one) => ({ ...one })),
            ['load_id', 'file', 'line', 'column', 'header', 'text', 'reason'],
          ),
        )
      } else if (rejected.length === 0) context.say(`${label(lang, 'no_rejects')}\n`)
      else {
        const rows = rejected.map(({ file, line, header, text, reason }) => ({
          file: basename(file),
          line,
          reason: reasonLabel(lang, reason),
          header,
          text,
        }))
        const columns = [
          { key: 'file', heading: label(lang, 'file'), wraps: true },
          { key: 'line', heading: label(lang, 'line') },
          { key: 'reason', heading: label(lang, 'reason') },
          { key: 'header', heading: label(lang, 'column'), wraps: true },
          { key: 'text', heading: label(lang, 'text'), wraps: true },
        ]
        context.out(renderList(rows, columns, context.width))
      }
    }
  },
}
