import { type Command, prepare } from './command.js'

export const inspect: Command = {
  name: 'inspect',
  summary: 'say how a file would be read: encoding, separator, header, columns, a sample',
  arguments: '<file...>',
  options: [
    ['--kind <kind>', 'take the files for: dossiers, survey, targets, units'],
    ['--layout <id|file>', 'read them by this layout'],
  ],
  formats: ['table', 'json'],
  examples: ['cchc inspect export.csv'],
  run: async (context, files, options) => {
    const [{ inspectFile, ToolError }, { describeError, readLayoutOption, kindOption }] = await Promise.all([
      import('../index.js'),
      import('./options.js'),
    ])
    const { settings, definitions } = await prepare(context, options)
    const kind = kindOption(options.kind)
    const layout = await readLayoutOption(options.layout, context.cwd)
    const seen: Record<string, unknown>[] = []
    let status = 0
    for (const file of files) {
      try {
        const { sniffed, mapping } = await inspectFile(file, definitions, { ...(kind ? { kind } : {}), ...(layout ? { layout } : {}) })
        const sample = sniffed.head.slice(mapping.headerRecord + 1, mapping.headerRecord + 4)
        const labels = definitions.kinds[mapping.kind]
        const result = {
          file,
          kind: mapping.kind,
          layout: mapping.layout?.id ?? null,
          encoding: sniffed.encoding,
          delimiter: sniffed.delimiter,
          bytes: sniffed.bytes,
          header_line: sniffed.head[mapping.headerRecord]!.line,
          columns: mapping.columns.map(({ id, header }) => ({
            header,
            column: id,
            sample: sample.map(({ cells }) => cells[mapping.header.indexOf(header)] ?? ''),
          })),
          items: mapping.items.map(({ header, factor }) => ({ header, factor })),
          personal_columns: mapping.personal,
          ignored_columns: mapping.ignored,
          missing_columns: Object.keys(labels.columns).filter((id) => !mapping.columns.some((column) => column.id === id)),
        }
        seen.push(result)
        if (options.format === 'json') continue
        const separator = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' }[sniffed.delimiter] ?? sniffed.delimiter
        context.out(
          `${file}\n  ${labels.label[settings.lang.value]}${result.layout ? ` (layout ${result.layout})` : ''} · ${sniffed.encoding} · ${separator} · header on line ${result.header_line}\n`,
        )
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
        for (const { header, factor } of result.items) context.out(`  ${header} → ${factor ?? 'item'}\n`)
        if (mapping.personal.length > 0) context.out(`  personal, dropped: ${mapping.personal.join(', ')}\n`)
        if (mapping.ignored.length > 0) context.out(`  not read: ${mapping.ignored.join(', ')}\n`)
        if (result.missing_columns.length > 0) context.out(`  not in this file: ${result.missing_columns.join(', ')}\n`)
      } catch (error) {
        if (!(error instanceof ToolError)) throw error
        status = error.exitStatus
        seen.push({ file, error: error.toJSON() })
        context.warn(options.format === 'json' ? `${JSON.stringify({ error: error.toJSON() })}\n` : describeError(error))
      }
    }
    if (options.format === 'json') context.out(`${JSON.stringify({ schema: 'cchc.inspect/1', files: seen })}\n`)
    return status
  },
}
