import { basename } from 'node:path'

import type { Definitions } from '../definitions/load.js'
import type { Kind } from '../definitions/schema.js'
import { nearest, ToolError } from '../errors.js'
import { say } from '../messages/message.js'
import { parseTime } from '../language/date.js'
import { clean, fold, headerKey } from '../language/fold.js'
import { maskPersonal } from '../language/personal.js'
import type { Sniffed } from './sniff.js'

/** What a column of an unknown file seems to be. `why` is null where the header says it. */
interface Guess {
  header: string
  id: string | null
  why: string | null
  isPersonal: boolean
  unread: string[]
}

const HEADER_WITHIN = 40
const ROWS = 500
const MOST = 0.8
const HALF = 0.5
const UNIT = /^(sở|ubnd|uỷ ban|ban|xã|phường|thị trấn|thị xã|huyện|quận|thành phố|chi nhánh|trung tâm|văn phòng) /
const DOSSIER_CODE = /^(?=.*\d{6})[\w.]*\.?[a-z]?\d{2}[-.]\d{6}[-.]\d+$/i

/* Which date a header is about, by the words in it; the first that is there. */
const DATE_WORDS: readonly (readonly [id: string, words: RegExp])[] = [
  ['updated_at', /capnhat/],
  ['due_at', /hen|hantra|hanxuly|hangiaiquyet/],
  ['paid_at', /thanhtoan|noptien/],
  ['received_at', /nhan/],
  ['resolved_at', /ketqua|ketthuc|xong|hoanthanh|giaiquyet|xuly/],
  ['returned_at', /tra/],
  ['submitted_at', /nop/],
]

/**
 * A layout for a file that is not recognised, as YAML to look through and keep: each column guessed by its header, else by what it holds,
 * with what is uncertain said beside it. Error: no_rows, where there is nothing to guess from.
 */
export function draftLayout(sniffed: Sniffed, definitions: Definitions, kind: Kind = 'dossiers'): string {
  const records = sniffed.head.slice(0, HEADER_WITHIN)
  const widths = records.map(({ cells }) => new Set(cells.map(clean).filter((cell) => cell !== '' && !/^[\d.,/: -]+$/.test(cell))).size)
  const at = widths.indexOf(Math.max(...widths))
  const header = (records[at]?.cells ?? []).map(clean)
  const rows = sniffed.head.slice(at + 1, at + 1 + ROWS)
  if (rows.length === 0) throw new ToolError('no_rows', say('reading.no_rows_to_guess'), { place: { file: sniffed.file } })
  const guesses = header.map((name, i) =>
    guess(
      name,
      rows.map(({ cells }) => clean(cells[i] ?? '')).filter((cell) => cell !== ''),
    ),
  )
  const taken = new Set<string>()
  for (const one of guesses) {
    if (one.id !== null && taken.has(one.id)) Object.assign(one, { why: `${one.id} is said by a column before it`, id: null })
    if (one.id !== null) taken.add(one.id)
  }
  return toYaml(guesses.filter((one) => one.header !== ''))

  function guess(name: string, cells: string[]): Guess {
    const columns = definitions.kinds[kind].columns
    const key = headerKey(name)
    const isPersonal =
      definitions.personal.some((one) => headerKey(one) === key) ||
      cells.filter((cell) => maskPersonal(cell) !== cell).length > cells.length / 2
    const found = (id: string | null, why: string | null): Guess => ({
      header: name,
      id,
      why,
      isPersonal: false,
      unread: unreadOf(id, cells),
    })
    if (isPersonal) return { header: name, id: null, why: null, isPersonal: true, unread: [] }
    const aliases = new Map(
      Object.entries(columns).flatMap(([id, { aliases: list }]) => [id, ...list].map((alias) => [headerKey(alias), id])),
    )
    const said = aliases.get(key)
    if (said !== undefined) return found(said, null)
    const held = kind === 'dossiers' ? byContent(key, cells) : null
    if (held !== null) return found(held, 'by what it holds')
    const [like] = key.length > 3 ? nearest(key, aliases.keys()) : []
    const id = like === undefined ? null : aliases.get(like)!
    const isOff = id !== null && columns[id]?.type === 'choice' && unreadOf(id, cells).length > 0
    return id === null || isOff ? found(null, null) : found(id, 'its header looks like one that is known')
  }

  function byContent(key: string, cells: string[]): string | null {
    const share = (holds: (cell: string) => boolean): number => (cells.length === 0 ? 0 : cells.filter(holds).length / cells.length)
    if (share((cell) => DOSSIER_CODE.test(cell)) >= MOST) return 'code'
    if (share((cell) => parseTime(cell) !== null) >= MOST && share((cell) => /\D/.test(cell)) >= MOST)
      return DATE_WORDS.find(([, words]) => words.test(key))?.[0] ?? null
    const choices = Object.entries(definitions.kinds.dossiers.columns).filter(([, { type }]) => type === 'choice')
    const shares = choices.map(([id]) => ({ id, share: share((cell) => /\p{L}{3}/u.test(cell) && vocabulary(id).has(fold(cell))) }))
    if (share((cell) => UNIT.test(fold(cell))) >= MOST) return 'unit_name'
    return shares.filter((one) => one.share >= HALF).sort((a, b) => b.share - a.share)[0]?.id ?? null
  }

  /** Texts of a choice that no label covers, the most frequent first. */
  function unreadOf(id: string | null, cells: string[]): string[] {
    if (id === null || definitions.kinds[kind].columns[id]?.type !== 'choice') return []
    const counts = new Map<string, number>()
    for (const cell of cells) if (!vocabulary(id).has(fold(cell))) counts.set(cell, (counts.get(cell) ?? 0) + 1)
    return [...counts]
      .sort((a, b) => b[1] - a[1])
      .slice(0, 12)
      .map(([text]) => maskPersonal(text))
      .filter((text) => text !== '•••')
  }

  function vocabulary(id: string): Set<string> {
    return new Set(Object.entries(definitions.vocabularies[id] ?? {}).flatMap(([value, labels]) => [value, ...labels].map(fold)))
  }

  function toYaml(all: Guess[]): string {
    const quoted = (text: string): string => JSON.stringify(text)
    const mapped = all.filter((one) => one.id !== null)
    const values = mapped.filter(({ unread }) => unread.length > 0)
    const open = all.filter((one) => one.id === null && !one.isPersonal)
    const canonical = Object.keys(definitions.kinds[kind].columns).filter((id) => !mapped.some((one) => one.id === id))
    const lines = [
      `# Drafted from ${basename(sniffed.file)}. Look at every line with "?", then keep it in definitions/layouts/.`,
      `id: ${
        basename(sniffed.file)
          .replace(/\..*$/, '')
          .normalize('NFD')
          .replace(/\p{M}/gu, '')
          .replaceAll(/[đĐ]/g, 'd')
          .toLowerCase()
          .replace(/[^a-z0-9]+/g, '-')
          .replace(/^-|-$/g, '') || 'layout'
      }`,
      `kind: ${kind}`,
      `# The headers by which a file is known to be one of these.`,
      `header: [${mapped.map(({ header: name }) => quoted(name)).join(', ')}]`,
      'columns:',
      ...mapped.map(({ id, header: name, why }) => `  ${id}: ${quoted(name)}${why === null ? '' : ` # ? ${why}`}`),
      ...(open.length > 0 ? ['  # Not read; give one a name from the list below where it should be:'] : []),
      ...open.map(({ header: name, why }) => `  # ?: ${quoted(name)}${why === null ? '' : ` (${why})`}`),
      ...(canonical.length > 0 ? [`  # Names still free: ${canonical.join(', ')}`] : []),
      ...(all.some((one) => one.isPersonal)
        ? [
            `# Personal, never read: ${all
              .filter((one) => one.isPersonal)
              .map(({ header: name }) => name)
              .join(', ')}`,
          ]
        : []),
      ...(values.length > 0
        ? ['# Texts that are not known. Say what each means (without the #), or its rows will be rejected.', '# values:']
        : []),
      ...values.flatMap(({ id, unread }) => [
        `#   ${id}: # each one of ${Object.keys(definitions.vocabularies[id!] ?? {}).join(', ')}`,
        ...unread.map((text) => `#     ${quoted(text)}: ?`),
      ]),
      ...more(sniffed, records[at]!.line, mapped[0]?.header ?? header[0]!),
    ]
    return `${lines.join('\n')}\n`
  }
}

/** What a layout can say besides, for this file where that is known. */
function more({ sheet }: Sniffed, line: number, first: string): string[] {
  return [
    '# What else can be said, as examples; all of it: dist/schemas/layout.schema.json',
    `# header_row: ${line}`,
    ...(sheet === null ? [] : [`# sheet: ${JSON.stringify(sheet.name)}`]),
    '# columns:',
    '#   due_at: [Hẹn trả, Ngày hẹn] # the header it has: one of these',
    '#   received_at: { header: Ngày nhận, date_format: "dd/MM/yyyy HH:mm" } # no other format is read then',
    '#   fee: { position: 7, unit: 1000, is_optional: true } # the seventh column, in thousands of đồng; it may be absent',
    '#   unit_code: { header: Đơn vị, extract: \'\\((\\d+)\\)\' } # of "Sở Y tế (012)" what is in parentheses',
    '# constants: { level: province } # what every row says',
    '# skip: # rows that are no records, with what they are counted as',
    `#   - { column: ${JSON.stringify(first)}, is: [Cộng dồn], reason: subtotal }`,
    "#   - { column: 1, matches: '^[IVX]+$' }",
    '#   - { only: 2, reason: group heading }',
    '# empty_is_unknown: [payment] # an empty cell is not a no',
  ]
}
