import { type Command, prepare, seconds, withStore } from './command.js'

const WAIT = ['--wait <seconds>', 'wait while another process holds the store (default: 0)'] as const

export const metrics: Command = {
  name: 'metrics',
  summary: 'list the metrics, or spell one out: definition, source, SQL, what it needs',
  arguments: '[id]',
  formats: ['table', 'json'],
  examples: ['cchc metrics', 'cchc metrics online_payment_rate'],
  run: async (context, [id], options) => {
    const { chooseMetrics, explainMetric, renderList } = await import('../index.js')
    const { settings, definitions } = await prepare(context, options)
    const lang = settings.lang.value
    if (id === undefined) {
      const all = [...definitions.metrics.values()]
      if (options.format === 'json') context.out(`${JSON.stringify({ schema: 'cchc.metrics/1', metrics: all })}\n`)
      else
        context.out(
          renderList(
            all.map((one) => ({ id: one.id, name: one.label[lang] })),
            { id: 'id', name: '' },
            context.width,
          ),
        )
      return 0
    }
    const [metric] = chooseMetrics(definitions, [id])
    const policy = definitions.policies[settings.policy.value] ?? definitions.policies.default!
    const explanation = explainMetric(definitions, metric!, policy)
    if (options.format === 'json') context.out(`${JSON.stringify({ schema: 'cchc.metric/1', ...explanation })}\n`)
    else {
      const lines = [
        `${metric!.id}   ${metric!.label[lang]}`,
        `  definition   ${metric!.definition[lang]}`,
        `  better       ${metric!.direction === 'higher' ? 'higher (≥ target)' : 'lower (≤ target)'}`,
        `  counted by   ${explanation.date}`,
        `  needs        ${explanation.needs.map((group) => group.join(' or ')).join(', ') || 'nothing more'}`,
        `  source       ${metric!.source}`,
        `  defined in   ${metric!.file ?? 'shipped with cchc'}`,
        `  numerator    ${explanation.sql.numerator.replaceAll('\n', '\n               ')}`,
        `  denominator  ${explanation.sql.denominator.replaceAll('\n', '\n               ')}`,
        ...(explanation.classSql && options.verbose
          ? [
              '  class of a dossier (policy ' + settings.policy.value + ')',
              ...explanation.classSql.split('\n').map((line) => `    ${line}`),
            ]
          : []),
      ]
      context.out(`${lines.join('\n')}\n`)
    }
    return 0
  },
}

export const targets: Command = {
  name: 'targets',
  summary: 'list the plan targets',
  options: [WAIT],
  formats: ['table', 'json', 'csv'],
  run: async (context, _args, options) => {
    const { loadTargets, renderList, toCsv } = await import('../index.js')
    const { settings, definitions } = await prepare(context, options)
    const found = await withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, loadTargets)
    if (options.format === 'json') context.out(`${JSON.stringify({ schema: 'cchc.targets/1', targets: found })}\n`)
    else if (options.format === 'csv')
      context.out(
        toCsv(
          found.map((one) => ({ ...one })),
          ['metric', 'level', 'unit', 'period', 'share', 'effective_from', 'source'],
        ),
      )
    else {
      const sign = (id: string): string => (definitions.metrics.get(id)?.direction === 'lower' ? '≤' : '≥')
      const rows = found.map((one) => ({ ...one, share: `${sign(one.metric)} ${Math.round(one.share * 1e6) / 1e4} %` }))
      context.out(
        renderList(
          rows,
          {
            metric: 'metric',
            level: 'level',
            unit: 'unit',
            period: 'period',
            share: 'target',
            effective_from: 'in force from',
            source: 'source',
          },
          context.width,
        ),
      )
    }
    return 0
  },
}

export const units: Command = {
  name: 'units',
  summary: 'list the unit registry',
  options: [WAIT],
  formats: ['table', 'json', 'csv'],
  run: async (context, _args, options) => {
    const { loadRegistry, renderList, toCsv } = await import('../index.js')
    const { settings } = await prepare(context, options)
    const found = await withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, loadRegistry)
    const columns = {
      code: 'code',
      name: 'name',
      type: 'type',
      level: 'level',
      parent: 'parent',
      valid_from: 'from',
      valid_to: 'to',
      vertical: '',
    }
    if (options.format === 'json') context.out(`${JSON.stringify({ schema: 'cchc.units/1', units: found })}\n`)
    else if (options.format === 'csv')
      context.out(
        toCsv(
          found.map((one) => ({ ...one })),
          ['code', 'name', 'type', 'level', 'parent', 'valid_from', 'valid_to', 'is_vertical_sector'],
        ),
      )
    else if (found.length === 0) context.say('no unit registry is loaded: units come from the exports. Load one: cchc ingest units.csv\n')
    else
      context.out(
        renderList(
          found.map((one) => ({ ...one, vertical: one.is_vertical_sector ? 'vertical sector' : '' })) as never,
          columns,
          context.width,
        ),
      )
    return 0
  },
}

export const loads: Command = {
  name: 'loads',
  summary: 'list what was loaded, or the rejected rows of a load',
  arguments: '[id]',
  options: [['--rejected [load]', 'the rejected rows, of one load or of all'], WAIT],
  formats: ['table', 'json', 'csv'],
  examples: ['cchc loads', 'cchc loads --rejected 14 --format csv'],
  run: async (context, [id], options) => {
    const { listLoads, listRejected, renderList, toCsv, ToolError } = await import('../index.js')
    const { settings } = await prepare(context, options)
    const asked = id ?? (typeof options.rejected === 'string' ? options.rejected : undefined)
    const loadId = asked === undefined ? null : Number(asked)
    if (loadId !== null && !Number.isInteger(loadId))
      throw new ToolError('usage', `"${asked}" is not the number of a load`, { hint: 'all: cchc loads' })
    return withStore(settings, { readOnly: true, wait: await seconds(options.wait) }, async (store) => {
      const all = await listLoads(store)
      if (loadId !== null && !all.some(({ load_id }) => load_id === loadId))
        throw new ToolError('usage', `there is no load ${loadId}`, { hint: 'all: cchc loads' })
      if (options.rejected !== undefined) {
        const rejected = await listRejected(store, loadId)
        const columns = ['load_id', 'file', 'line', 'column', 'header', 'text', 'reason']
        if (options.format === 'json') context.out(`${JSON.stringify({ schema: 'cchc.rejected/1', rejected })}\n`)
        else if (options.format === 'csv')
          context.out(
            toCsv(
              rejected.map((one) => ({ ...one })),
              columns,
            ),
          )
        else if (rejected.length === 0) context.say('no rows were rejected\n')
        else
          context.out(
            renderList(
              rejected.map(({ file, line, header, text, reason }) => ({ at: `${file}:${line}`, header, text, reason })),
              { at: 'where', reason: 'reason', header: 'column', text: 'text' },
              context.width,
            ),
          )
        return 0
      }
      const found = all.filter(({ load_id }) => loadId === null || load_id === loadId)
      const counted = {
        read: 'read',
        loaded: 'loaded',
        unchanged: 'unchanged',
        superseded: 'superseded',
        rejected: 'rejected',
        skipped: 'skipped',
      }
      if (options.format === 'json') context.out(`${JSON.stringify({ schema: 'cchc.loads/1', loads: found })}\n`)
      else if (options.format === 'csv')
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
      else
        context.out(
          renderList(found as never, { load_id: 'load', loaded_at: 'when', kind: 'kind', ...counted, file: 'file' }, context.width),
        )
      return 0
    })
  },
}

export const config: Command = {
  name: 'config',
  summary: 'print every setting and where it comes from',
  formats: ['table', 'json'],
  run: async (context, _args, options) => {
    const { renderList } = await import('../index.js')
    const { settings } = await prepare(context, options)
    if (options.format === 'json') context.out(`${JSON.stringify({ schema: 'cchc.config/1', settings })}\n`)
    else
      context.out(
        renderList(
          Object.entries(settings).map(([name, { value, origin }]) => ({ name, value: value === null ? '–' : String(value), origin })),
          { name: 'setting', value: 'value', origin: 'from' },
          context.width,
        ),
      )
    return 0
  },
}
