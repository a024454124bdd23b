import { type Command, prepare } from './command.js'
import { say } from '../messages/message.js'
import { toJson } from '../messages/visible.js'

export const config: Command = {
  name: 'config',
  summary: say('help.config'),
  formats: ['table', 'json'],
  run: async (context, _args, options) => {
    const { label, renderList } = await import('../index.js')
    const { settings } = await prepare(context, options)
    const lang = settings.lang.value
    if (options.format === 'json') context.out(`${toJson({ schema: 'cchc.config/1', settings })}\n`)
    else {
      const rows = Object.entries(settings).map(([name, { value, origin }]) => ({
        name: name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
        value: value === null ? '–' : String(value),
        origin: label(lang, `origin_${origin.replace(' ', '_') as 'flag' | 'environment' | 'project_file' | 'default'}`),
      }))
      const columns = [
        { key: 'name', heading: label(lang, 'setting') },
        { key: 'value', heading: label(lang, 'setting_value'), wraps: true },
        { key: 'origin', heading: label(lang, 'origin') },
      ]
      context.out(renderList(rows, columns, context.width))
    }
    return 0
  },
}
