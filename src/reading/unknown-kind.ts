import { ToolError } from '../errors.js'
import type { Definitions } from '../definitions/load.js'
import type { Kind } from '../definitions/schema.js'
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
  const labelOf = ({ mapping }: Standing): string => definitions.kinds[mapping.kind].label.en
  const reading = ({ mapping, own }: Standing): string[] =>
    own.length > 0 ? own : [...mapping.columns, ...mapping.items].map(({ header }) => header)
  const possible = all.filter(({ against }) => against.length === 0)
  const refuted = all.filter(({ against }) => against.length > 0)
  const candidates = possible.map(
    (one) => `${labelOf(one)}: ${quoted(reading(one))}${one.own.length > 0 ? '' : ` (besides ${quoted(one.unread)})`}`,
  )
  const file = `cchc inspect ${sniffed.file}`
  return new ToolError('uncertain_kind', `what kind of file this is, is not sure; found ${shownRow(cells)}`, {
    place: { file: sniffed.file, ...(sniffed.sheet ? { sheet: sniffed.sheet.name } : {}), line },
    hint: [
      ...candidates.map((one) => `it could be ${one}`),
      ...refuted.map((one) => `it is not ${labelOf(one)}: it has ${quoted(one.against)}`),
      ...(possible.length > 0 ? [`say which it is: ${possible.map(({ mapping }) => `--kind ${mapping.kind}`).join(' or ')}`] : []),
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
      `or say how to read it in a layout: ${file} --write-layout office.yaml`,
    ].join('\n'),
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
  return new ToolError('contradicted_kind', `a file of the kind ${mapping.kind} does not have ${quoted(against)}`, {
    place: { file: sniffed.file, ...(sniffed.sheet ? { sheet: sniffed.sheet.name } : {}), line },
    hint: `leave --kind out, or say in a layout which of its columns are read as what: cchc inspect ${sniffed.file} --kind ${mapping.kind} --write-layout office.yaml`,
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
  return new ToolError('unknown_kind', `no known header in the first ${HEADER_WITHIN} rows; found ${shownRow(widest.cells)}`, {
    place: { file: sniffed.file, line: widest.line },
    hint: [
      ...neededHints(kind, widest.cells, definitions),
      ...nearLayouts(sniffed, definitions.layouts),
      `draft a layout: cchc inspect ${sniffed.file} --write-layout office.yaml, then load with --layout office.yaml`,
    ].join('\n'),
    details: { found, kind, suggestions: kind === null ? [] : suggestions(kind, widest.cells, definitions) },
  })
}

function neededHints(kind: Kind | null, cells: readonly string[], definitions: Definitions): string[] {
  if (kind === null) {
    const first = (Object.keys(definitions.kinds) as Kind[]).map(
      (one) => `${definitions.kinds[one].label.en}: ${needs(one, definitions)[0]}`,
    )
    return [`needed ${first.join('; ')}`]
  }
  const like = suggestions(kind, cells, definitions).slice(0, SHOWN)
  const ways = [...new Set(needs(kind, definitions))].slice(0, SHOWN)
  return [
    `needed for ${definitions.kinds[kind].label.en}: ${ways.join('; or ')}`,
    ...like.map(({ cell, alias }) => `"${cell}" looks like "${alias}"`),
  ]
}

/** What each way of being a file of a kind requires, by the first names of its columns. */
function needs(kind: Kind, { kinds }: Definitions): string[] {
  const { requires, columns } = kinds[kind]
  return requires.map((needed) =>
    needed.map((id) => columns[id]?.aliases.slice(0, 3).join(' / ') ?? 'a column for each question').join(' + '),
  )
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
  const scores = kinds.map((kind) => {
    const { own, likely } = definitions.evidence.kinds[kind]
    const { columns: known } = aliasKeys(kind, definitions)
    const weight = (id: string): number => (own.includes(id) || likely.includes(id) ? 2 : 1)
    const sum = cells.reduce((total, cell) => {
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
