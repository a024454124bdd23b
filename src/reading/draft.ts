import { basename } from 'node:path'

import type { Definitions } from '../definitions/load.js'
import type { Kind } from '../definitions/schema.js'
import { nearest, ToolError } from '../errors.js'
import { listed, render, say, type Language, type Message } from '../messages/message.js'
import { parseTime } from '../language/date.js'
import { clean, fold, headerKey } from '../language/fold.js'
import { maskPersonal } from '../language/personal.js'
import type { Sniffed } from './sniff.js'

/** What a column of an unknown file seems to be. `why` is null where the header says it. */
interface Guess {
  header: string
  id: string | null
  why: Message | null
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
export function draftLayout(sniffed: Sniffed, definitions: Definitions, kind: Kind = 'dossiers', language: Language = 'en'): string {
  const words = (message: Message): string => render(message, language)
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
    if (one.id !== null && taken.has(one.id)) Object.assign(one, { why: say('draft.said_before', { column: one.id }), id: null })
    if (one.id !== null) taken.add(one.id)
  }
  return toYaml(guesses.filter((one) => one.header !== ''))

  function guess(name: string, cells: string[]): Guess {
    const columns = definitions.kinds[kind].columns
    const key = headerKey(name)
    const isPersonal =
      definitions.personal.some((one) => headerKey(one) === key) ||
      cells.filter((cell) => maskPersonal(cell) !== cell).length > cells.length / 2
    const found = (id: string | null, why: Message | null): Guess => ({
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
    if (held !== null) return found(held, say('draft.by_content'))
    const [like] = key.length > 3 ? nearest(key, aliases.keys()) : []
    const id = like === undefined ? null : aliases.get(like)!
    const isOff = id !== null && columns[id]?.type === 'choice' && unreadOf(id, cells).length > 0
    return id === null || isOff ? found(null, null) : found(id, say('draft.by_header'))
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
      words(say('draft.look_through', { file: basename(sniffed.file) })),
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
      words(say('draft.known_by')),
      `header: [${mapped.map(({ header: name }) => quoted(name)).join(', ')}]`,
      'columns:',
      ...mapped.map(({ id, header: name, why }) => `  ${id}: ${quoted(name)}${why === null ? '' : ` # ? ${words(why)}`}`),
      ...(open.length > 0 ? [words(say('draft.not_read'))] : []),
      ...open.map(({ header: name, why }) => `  # ?: ${quoted(name)}${why === null ? '' : ` (${words(why)})`}`),
      ...(canonical.length > 0 ? [words(say('draft.names_free', { all: listed(canonical) }))] : []),
      ...(all.some((one) => one.isPersonal)
        ? [words(say('draft.personal', { headers: listed(all.filter((one) => one.isPersonal).map(({ header: name }) => name)) }))]
        : []),
      ...(values.length > 0 ? [words(say('draft.unknown_texts')), '# values:'] : []),
      ...values.flatMap(({ id, unread }) => [
        words(say('draft.each_one_of', { column: id!, all: listed(Object.keys(definitions.vocabularies[id!] ?? {})) })),
        ...unread.map((text) => `#     ${quoted(text)}: ?`),
      ]),
      ...more(sniffed, records[at]!.line, mapped[0]?.header ?? header[0]!, words),
    ]
    return `${lines.join('\n')}\n`
  }
}

/** What a layout can say besides, for this file where that is known. */
function more({ sheet }: Sniffed, line: number, first: string, words: (message: Message) => string): string[] {
  return [
    words(say('draft.what_else')),
    `# header_row: ${line}`,
    ...(sheet === null ? [] : [`# sheet: ${JSON.stringify(sheet.name)}`]),
    '# columns:',
    `#   due_at: [Hẹn trả, Ngày hẹn] ${words(say('draft.one_of_headers'))}`,
    `#   received_at: { header: Ngày nhận, date_format: "dd/MM/yyyy HH:mm" } ${words(say('draft.no_other_format'))}`,
    `#   fee: { position: 7, unit: 1000, is_optional: true } ${words(say('draft.seventh_column'))}`,
    `#   unit_code: { header: Đơn vị, extract: '\\((\\d+)\\)' } ${words(say('draft.in_parentheses'))}`,
    `# constants: { level: province } ${words(say('draft.every_row'))}`,
    `# skip: ${words(say('draft.no_records'))}`,
    `#   - { column: ${JSON.stringify(first)}, is: [Cộng dồn], reason: subtotal }`,
    "#   - { column: 1, matches: '^[IVX]+$' }",
    '#   - { only: 2, reason: group heading }',
    `# empty_is_unknown: [payment] ${words(say('draft.not_a_no'))}`,
  ]
}
