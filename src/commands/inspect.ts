import type { LabelKey } from '../index.js'
import { type Command, prepare } from './command.js'
import { hiddenText } from './ingest-text.js'

const SAMPLE = 3
const SEPARATORS: Record<string, LabelKey> = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' }

export const inspect: Command = {
  name: 'inspect',
  summary: 'say how a file would be read: encoding, separator, header, columns, a sample',
  arguments: '<file...>',
  options: [
    ['--kind <kind>', 'take the files for: dossiers, survey, targets, units'],
    ['--layout <id|file>', 'read them by this layout'],
    ['--write-layout <file>', 'draft a layout of a file that is not recognised, to look through and keep'],
    ['--sheet <name>', 'which sheet of a workbook (default: the one with a known header)'],
    ['--encoding <name>', 'what the text is written in: utf-8, utf-16le, utf-16be, windows-1258, tcvn3, vni (default: recognised)'],
  ],
  formats: ['table', 'json'],
  examples: ['cchc inspect export.csv', 'cchc inspect export.csv --write-layout office.yaml'],
  run: async (context, files, options) => {
    const [
      { encodingOf, findHiddenParts, formatCount, inspectFile, label, sampleRows, maskPersonal, ToolError },
      { describeError, readLayoutOption, kindOption },
    ] = await Promise.all([import('../index.js'), import('./options.js')])
    const { settings, definitions } = await prepare(context, options)
    const lang = settings.lang.value
    const kind = kindOption(options.kind)
    const layout = await readLayoutOption(options.layout, context.cwd, definitions)
    const how = {
      ...(kind ? { kind } : {}),
      ...(layout ? { layout } : {}),
      ...(options.encoding === undefined ? {} : { encoding: encodingOf(String(options.encoding)) }),
      ...(options.sheet === undefined ? {} : { sheet: String(options.sheet) }),
    }
    if (options.writeLayout !== undefined) {
      if (files.length !== 1) throw new ToolError('usage', '--write-layout drafts the layout of one file', { hint: 'name one file' })
      const { draftLayout, sniff, writeWhole } = await import('../index.js')
      const target = String(options.writeLayout)
      writeWhole(target, draftLayout(await sniff(files[0]!, how), definitions, kind))
      context.out(` ✓ ${label(lang, 'layout_drafted', { file: target })}\n`)
      return 0
    }
    const seen: Record<string, unknown>[] = []
    let status = 0
    for (const file of files) {
      try {
        const { sniffed, mapping } = await inspectFile(file, definitions, how)
        const { rows, skipped, sample } = sampleRows(sniffed, mapping, SAMPLE)
        const hidden = await findHiddenParts(sniffed, mapping)
        const labels = definitions.kinds[mapping.kind]
        const result = {
          file,
          kind: mapping.kind,
          layout: mapping.layout?.id ?? null,
          encoding: sniffed.encoding,
          encoding_confidence: Math.round(sniffed.confidence * 100) / 100,
          is_gzip: sniffed.isPacked,
          sheet: sniffed.sheet?.name ?? null,
          other_sheets: sniffed.sheet?.others ?? [],
          hidden,
          delimiter: sniffed.delimiter,
          bytes: sniffed.bytes,
          header_line: sniffed.head[mapping.headerRecord]!.line,
          columns: mapping.columns.map(({ id, header, index }) => ({
            header,
            column: id,
            sample: mapping.personal.includes(header) ? [] : sample.map((cells) => maskPersonal(cells[index] ?? '')),
          })),
          items: mapping.items.map(({ header, factor }) => ({ header, factor })),
          personal_columns: mapping.personal,
          ignored_columns: mapping.ignored,
          skipped: { rows, reasons: skipped },
          missing_columns: Object.keys(labels.columns).filter(
            (id) => labels.columns[id]!.type !== 'hash' && !mapping.columns.some((column) => column.id === id),
          ),
        }
        seen.push(result)
        if (options.format === 'json') continue
        const separator = SEPARATORS[sniffed.delimiter]
        const textForm = ({ encoding, confidence, isPacked, delimiter }: typeof sniffed): string[] => [
          `${encoding}${confidence < 1 ? ` (${Math.round(confidence * 100)} %)` : ''}${isPacked ? ', gzip' : ''}`,
          separator ? label(lang, separator) : delimiter,
        ]
        const title = [
          result.layout ? `${labels.label[lang]} (${label(lang, 'layout', { layout: result.layout })})` : labels.label[lang],
          ...(sniffed.sheet ? [label(lang, 'sheet', { sheet: sniffed.sheet.name })] : textForm(sniffed)),
          label(lang, 'header_on_line', { line: result.header_line }),
        ]
        context.out(`${file}\n  ${title.join(' · ')}\n`)
        const hiding = hiddenText(
          hidden,
          (key, values) => label(lang, key, values),
          (n) => formatCount(n, lang),
        )
        if (hiding !== '') context.out(`  ${hiding}\n`)
        for (const { header, column, sample: cells } of result.columns)
          context.out(
            `  ${header} → ${column}${
              cells.some((cell) => cell !== '')
                ? `   ${cells
                    .filter((cell) => cell !== '')
                    .slice(0, 2)
                    .join(' · ')
                    .slice(0, 60)}`
                : ''
            }\n`,
          )
        for (const { header, factor } of result.items) context.out(`  ${header} → ${factor ?? label(lang, 'item')}\n`)
        if (mapping.personal.length > 0) context.out(`  ${label(lang, 'personal_dropped', { columns: mapping.personal.join(', ') })}\n`)
        if (mapping.ignored.length > 0) context.out(`  ${label(lang, 'not_read', { columns: mapping.ignored.join(', ') })}\n`)
        if (Object.keys(skipped).length > 0) {
          const reasons = Object.entries(skipped).map(([reason, n]) => `${reason} (${n})`)
          context.out(`  ${label(lang, 'skipped_at_start', { n: rows, reasons: reasons.join(', ') })}\n`)
        }
        if (result.missing_columns.length > 0)
          context.out(`  ${label(lang, 'not_in_file', { columns: result.missing_columns.join(', ') })}\n`)
      } catch (error) {
        if (!(error instanceof ToolError)) throw error
        status = error.exitStatus
        seen.push({ file, error: error.toJSON(lang) })
        context.warn(options.format === 'json' ? `${JSON.stringify({ error: error.toJSON(lang) })}\n` : describeError(error, lang))
      }
    }
    if (options.format === 'json') context.out(`${JSON.stringify({ schema: 'cchc.inspect/1', files: seen })}\n`)
    return status
  },
}
