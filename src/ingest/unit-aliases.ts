import { clean } from '../language/fold.js'
import { say } from '../messages/message.js'
import { nameKey } from '../units/name.js'
import type { RecordReader } from './records.js'

/** An office's own list of what else files call its units. A name left without a code is skipped: nobody has said yet which unit it is. */
export function unitAliasReader(): RecordReader {
  const codes = new Map<string, string>()
  return {
    table: 'unit_alias_version',
    columns: { name: 'VARCHAR', code: 'VARCHAR' },
    read: (cell) => {
      const said = (id: string): string | null => clean(cell(id) ?? '') || null
      const [name, code] = [said('alias'), said('code')]
      if (name === null) return { column: 'alias', text: null, reason: 'missing_name' }
      if (code === null) return { skip: 'no code' }
      const key = nameKey(name)
      const known = codes.get(key)
      if (known !== undefined && known !== code)
        return { column: 'code', text: code, reason: 'conflicting_code', hint: say('ingest.code_known_too', { name, code: known! }) }
      codes.set(key, code)
      return [{ key, values: { name, code } }]
    },
  }
}
