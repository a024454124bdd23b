import { ToolError } from '../errors.js'
import { apart, either, say, summed, ways, type Filling, type Message } from '../messages/message.js'
import type { Definitions } from '../definitions/load.js'
import type { Kind, Label } from '../definitions/schema.js'
import { clean, headerKey } from '../language/fold.js'
import { isPersonalRow, shownRow } from '../language/personal.js'
import { aliasKeys } from './alias-keys.js'
import type { Standing } from './kind.js'
import { nearLayouts } from './layout.js'
import { meaningOf, type Meaning } from './meaning.js'
import type { Sniffed } from './sniff.js'

const HEADER_WITHIN = 40
const SHOWN = 3

const quoted = (headers: readonly string[]): string =>
  `${headers
    .slice(0, 5)
    .map((header) => `"${header}"`)
    .join(', ')}${headers.length > 5 ? ' …' : ''}`

/** The error of a file that has what several kinds require, or what one requires and more that it can't have. */
export function uncertainKind(all: readonly Standing[], sniffed: Sniffed, definitions: Definitions): ToolError {
  const { headerRecord } = all[0]!.mapping
  const { line, cells } = sniffed.head[headerRecord]!
  const labelOf = ({ mapping }: Standing): Label => definitions.kinds[mapping.kind].label
  const reading = ({ mapping, own }: Standing): string[] =>
    own.length > 0 ? own : [...mapping.columns, ...mapping.items].map(({ header }) => header)
  const possible = all.filter(({ against }) => against.length === 0)
  const refuted = all.filter(({ against }) => against.length > 0)
  const candidates = possible.map((one) => {
    const [kind, columns] = [labelOf(one), quoted(reading(one))]
    return one.own.length > 0
      ? say('reading.could_be', { kind, columns })
      : say('reading.could_be_besides', { kind, columns, unread: quoted(one.unread) })
  })
  return new ToolError('uncertain_kind', say('reading.kind_unsure', { found: shownRow(cells) }), {
    place: { file: sniffed.file, ...(sniffed.sheet ? { sheet: sniffed.sheet.name } : {}), line },
    hint: [
      ...candidates,
      ...refuted.map((one) => say('reading.is_not', { kind: labelOf(one), columns: quoted(one.against) })),
      ...(possible.length > 0 ? [say('reading.say_kind', { kinds: either(possible.map(({ mapping }) => `--kind ${mapping.kind}`)) })] : []),
      ...(possible.length === 0
        ? neededHints(
            likeliest(
              cells,
              definitions,
              refuted.map(({ mapping }) => mapping.kind),
            ),
            cells,
            definitions,
          )
        : []),
      ...nearLayouts(sniffed, definitions.layouts),
      say('reading.or_draft_layout', { file: sniffed.file }),
    ],
    details: {
      candidates: possible.map((one) => ({ kind: one.mapping.kind, columns: reading(one), unread: one.unread })),
      refuted: refuted.map((one) => ({ kind: one.mapping.kind, against: one.against })),
      found: isPersonalRow(cells) ? [] : cells.map(clean).filter((cell) => cell !== ''),
    },
  })
}

/** The error of a file that is not of the kind that the user says. */
export function contradictedKind({ mapping }: Standing, against: readonly string[], sniffed: Sniffed): ToolError {
  const { line } = sniffed.head[mapping.headerRecord]!
  return new ToolError('contradicted_kind', say('reading.kind_contradicted', { kind: mapping.kind, columns: quoted(against) }), {
    place: { file: sniffed.file, ...(sniffed.sheet ? { sheet: sniffed.sheet.name } : {}), line },
    hint: say('reading.leave_kind', { file: sniffed.file, kind: mapping.kind }),
    details: { kind: mapping.kind, against: [...against] },
  })
}

/** The error of a file without a known header: what was found, what the likeliest kind needs, what looks like it. */
export function unknownKind(sniffed: Sniffed, definitions: Definitions, wanted?: Kind): ToolError {
  const filled = (record: { cells: string[] }): number => record.cells.filter((cell) => clean(cell) !== '').length
  const widest = sniffed.head
    .slice(0, HEADER_WITHIN)
    .reduce((a, b) => (filled(b) > filled(a) ? b : a), sniffed.head[0] ?? { line: 1, cells: [] })
  const found = isPersonalRow(widest.cells) ? [] : widest.cells.map(clean).filter((cell) => cell !== '')
  const kind = wanted ?? likeliest(widest.cells, definitions)
  return new ToolError('unknown_kind', say('reading.unknown_header', { within: HEADER_WITHIN, found: shownRow(widest.cells) }), {
    place: { file: sniffed.file, line: widest.line },
    hint: [
      ...neededHints(kind, widest.cells, definitions),
      ...nearLayouts(sniffed, definitions.layouts),
      say('reading.draft_layout', { file: sniffed.file }),
    ],
    details: { found, kind, suggestions: kind === null ? [] : suggestions(kind, widest.cells, definitions) },
  })
}

function neededHints(kind: Kind | null, cells: readonly string[], definitions: Definitions): Message[] {
  if (kind === null) {
    const first = (Object.keys(definitions.kinds) as Kind[]).map((one) =>
      say('reading.needs_of_kind', { kind: definitions.kinds[one].label, needs: needs(one, definitions)[0]! }),
    )
    return [say('reading.needed', { needs: apart(first) })]
  }
  const like = suggestions(kind, cells, definitions).slice(0, SHOWN)
  const some = needs(kind, definitions).slice(0, SHOWN)
  return [
    say('reading.needed_for', { kind: definitions.kinds[kind].label, ways: ways(some) }),
    ...like.map(({ cell, alias }) => say('reading.looks_like', { cell, alias })),
  ]
}

/** What each way of being a file of a kind requires, by the first names of its columns. */
function needs(kind: Kind, { kinds }: Definitions): Filling[] {
  const { requires, columns } = kinds[kind]
  const all = requires.map((needed) => needed.map((id) => columns[id]?.aliases.slice(0, 3).join(' / ')))
  const distinct = all.filter((way, i) => all.findIndex((other) => String(other) === String(way)) === i)
  return distinct.map((way) => summed(way.map((one) => one ?? say('reading.question_column'))))
}

function suggestions(kind: Kind, cells: readonly string[], definitions: Definitions): (Meaning & { cell: string })[] {
  const { columns: known } = aliasKeys(kind, definitions)
  const taken = new Set(cells.flatMap((cell) => known.get(headerKey(cell)) ?? []))
  const required = new Set(definitions.kinds[kind].requires.flat())
  return cells
    .filter((cell) => clean(cell) !== '' && !known.has(headerKey(cell)))
    .flatMap((cell) => {
      const meaning = meaningOf(cell, [kind], definitions, taken)
      return meaning ? [{ cell: clean(cell), ...meaning }] : []
    })
    .sort((a, b) => Number(required.has(b.column)) - Number(required.has(a.column)) || b.score - a.score)
}

/** The kind that most of a row's headers speak for, known ones and those that look like it; null: none. */
function likeliest(cells: readonly string[], definitions: Definitions, except: readonly Kind[] = []): Kind | null {
  const kinds = (Object.keys(definitions.kinds) as Kind[]).filter((kind) => !except.includes(kind))
  const aside = new Set([...definitions.evidence.serial, ...definitions.evidence.neutral].map(headerKey))
  const telling = cells.filter((cell) => clean(cell) !== '' && !aside.has(headerKey(cell)))
  const scores = kinds.map((kind) => {
    const { own, likely } = definitions.evidence.kinds[kind]
    const { columns: known } = aliasKeys(kind, definitions)
    const weight = (id: string): number => (own.includes(id) || likely.includes(id) ? 2 : 1)
    const sum = telling.reduce((total, cell) => {
      const id = known.get(headerKey(cell))
      if (id !== undefined) return total + weight(id)
      const meaning = meaningOf(cell, [kind], definitions)
      return total + (meaning ? weight(meaning.column) * meaning.score * 0.9 : 0)
    }, 0)
    return { kind, sum }
  })
  const best = scores.reduce((a, b) => (b.sum > a.sum ? b : a))
  return best.sum > 0 ? best.kind : null
}
