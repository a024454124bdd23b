import type { SentenceId } from '../../definitions/sentences.js'
import { coverageHundredths } from '../../language/format.js'
import { isPlain, type Writer } from './writer.js'

/** What the figures leave out, and what they could not be counted for. Nothing where nothing is left out. */
export function qualityText(writer: Writer): string[] {
  const { notes, rows, sources, hasRegistry } = writer.report
  const partsOf = (parts: readonly (readonly [SentenceId, number])[]): string =>
    parts
      .filter(([, n]) => n > 0)
      .map(([id, n]) => writer.phrase(id as 'left_vertical', { n: writer.amount('dossier', n) }))
      .join(', ')
  const list = (id: 'left_out' | 'not_resolved', parts: string): string[] => (parts === '' ? [] : [writer.sentence(id, { parts })])
  const counted = (id: 'no_due_date' | 'total_only' | 'no_unit' | 'level_only', n: number): string[] =>
    n > 0 ? [writer.sentence(id, { n: writer.amount('dossier', n) })] : []

  const leftOut = [
    ...list(
      'left_out',
      partsOf([
        ['left_vertical', notes.vertical],
        ['left_not_received', notes.notReceived],
        ['left_undated', notes.undated],
      ]),
    ),
    ...list(
      'not_resolved',
      partsOf([
        ['left_withdrawn', notes.withdrawn],
        ['left_stopped', notes.stopped],
      ]),
    ),
    ...counted('no_due_date', notes.noDueDate),
  ]
  const placed = [
    ...counted('total_only', notes.noLevel),
    ...counted('no_unit', hasRegistry ? notes.unknownUnit : 0),
    ...counted('level_only', notes.split),
  ]
  const partial = rows
    .filter((row) => isPlain(row) && writer.isMain(row) && row.state === 'value' && (row.coverage ?? 1) < 1)
    .map((row) => {
      const share = writer.percent(coverageHundredths(row.coverage!))
      return writer.sentence('coverage', { metric: writer.name(row.metric), share })
    })
  const dossiers = sources.find(({ kind }) => kind === 'dossiers')
  const refused =
    dossiers && dossiers.rejected > 0
      ? [writer.sentence('rejected', { n: writer.count(dossiers.rejected), read: writer.count(dossiers.read) })]
      : []
  return [leftOut, placed, partial, refused].filter((sentences) => sentences.length > 0).map((sentences) => sentences.join(' '))
}
