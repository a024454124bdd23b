import { label } from '../../language/labels.js'
import type { Document, Section } from '../document.js'
import { renderGrid } from './grid.js'
import { visible } from '../../messages/visible.js'
import { wrap } from './table.js'

/** A document for a terminal or a text file: no line is longer than `width` as long as the numbers allow it. */
export function renderText(document: Document, { width }: { width: number }): string {
  const { language, sections } = document
  const paragraph = (text: string, indent = 0): string[] => wrap(visible(text), width - indent).map((line) => ' '.repeat(indent) + line)
  const block = ({ title, text, tables, notes }: Section): string[] => [
    ...(sections.length > 1 ? ['', ...paragraph(title)] : []),
    ...text.flatMap((one) => paragraph(one)),
    ...tables.flatMap((table) => {
      const { lines, hidden } = renderGrid(table, language, width - 1)
      const columns = hidden.map(({ number, headings }) => number ?? headings.join(' ').toLowerCase()).join(', ')
      return [
        '',
        ...(table.caption === '' ? [] : paragraph(table.caption)),
        ...lines.map((line) => ` ${line}`),
        ...(hidden.length > 0 ? ['', ...paragraph(label(language, 'note_hidden', { columns }), 1)] : []),
      ]
    }),
    ...(notes.length > 0 ? ['', ...notes.flatMap((note) => paragraph(note, 1))] : []),
  ]
  const head = [document.office, document.title, document.subtitle].filter((part) => part !== null && part !== '')
  const lines = [
    ...head.flatMap((one) => paragraph(one!)),
    ...document.summary.flatMap((one) => paragraph(one)),
    ...sections.flatMap(block),
  ]
  return `${lines.map((line) => line.trimEnd()).join('\n')}\n`
}
