import { basename } from 'node:path'

import type { Kind } from '../index.js'
import { type Command, prepare, seconds, WAIT, withStore } from './command.js'

const COUNTS = ['read', 'loaded', 'unchanged', 'superseded', 'rejected', 'skipped'] as const

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

export const loads: Command = {
  name: 'loads',
  summary: 'list what was loaded, or the rejected rows of a load',
  arguments: '[id]',
  options: [['--rejected [load]', 'the rejected rows, of one load or of all'], WAIT],
  formats: ['table', 'json', 'csv'],
  examples: ['cchc loads', 'cchc loads --rejected 14 --format csv'],
  run: async (context, [id], options) => {
    const { listLoads, listRejected, ToolError } = await import('../index.js')
    const { settings, definitions } = await prepare(context, options)
    const lang = settings.lang.value
    const asked = id ?? (typeof options.rejected === 'string' ? options.rejected : undefined)
    const loadId = asked === undefined ? null : Number(asked)
    if (loadId !== null && !Number.isInteger(loadId))
      throw new ToolError('usage', `"${asked}" is not the number of a load`, { hint: 'all: cchc loads' })
    return withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, async (store) => {
      const all = await listLoads(store)
      const found = all.filter(({ load_id }) => loadId === null || load_id === loadId)
      if (loadId !== null && found.length === 0) throw new ToolError('usage', `there is no load ${loadId}`, { hint: 'all: cchc loads' })
      if (options.rejected === undefined) await printLoads(found)
      else await printRejected(await listRejected(store, loadId))
      return 0
    })

    async function printLoads(found: Awaited<ReturnType<typeof listLoads>>): Promise<void> {
      const { formatCount, label, renderList, toCsv } = await import('../index.js')
      if (options.format === 'json') context.out(`${JSON.stringify({ schema: 'cchc.loads/1', loads: found })}\n`)
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
          { key: 'file', heading: label(lang, 'file'), cuttable: true },
        ]
        context.out(
          renderList(
            found.map(({ columns: _c, personal_columns: _p, ignored_columns: _i, kind, ...one }) => ({
              ...one,
              file: basename(one.file),
              loaded_at: one.loaded_at.slice(0, 16),
              kind: definitions.kinds[kind as Kind].label[lang],
              ...Object.fromEntries(counts.map((key) => [key, formatCount(one[key], lang)])),
            })),
            columns,
            context.width,
          ),
        )
      }
    }

    async function printRejected(rejected: Awaited<ReturnType<typeof listRejected>>): Promise<void> {
      const { label, reasonLabel, renderList, toCsv } = await import('../index.js')
      if (options.format === 'json') context.out(`${JSON.stringify({ schema: 'cchc.rejected/1', rejected })}\n`)
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
          { key: 'file', heading: label(lang, 'file'), cuttable: true },
          { key: 'line', heading: label(lang, 'line') },
          { key: 'reason', heading: label(lang, 'reason') },
          { key: 'header', heading: label(lang, 'column'), cuttable: true },
          { key: 'text', heading: label(lang, 'text'), cuttable: true },
        ]
        context.out(renderList(rows, columns, context.width))
      }
    }
  },
}
