import type { Language } from '../language/labels.js'
import { cellText, isNumeric } from './cell.js'
import type { Document, Row, Table } from './document.js'
import { oneLine } from './list.js'
import { layOut, type Part } from './written.js'

/**
 * The written report as GitHub-flavoured Markdown: title, answer, chapters with their text and small tables, the large ones in appendices.
 * A name is always plain text: it can not break a table, and never becomes markup, a link or HTML.
 */
export function renderMarkdown(document: Document): string {
  const { language, title, office, subtitle, summary } = document
  const { isForm, chapters, appendices } = layOut(document)
  const blocks = [
    `# ${escape(title)}`,
    ...(office ? [paragraph(office)] : []),
    paragraph(subtitle),
    ...summary.map(paragraph),
    ...chapters.flatMap((part) => [
      ...(isForm ? [] : [`## ${part.number}. ${escape(part.title)}`]),
      ...partBlocks(part, language, isForm ? title : null),
    ]),
    ...appendices.flatMap((part) => [`## ${escape(part.number)}. ${escape(part.title)}`, ...partBlocks(part, language, null)]),
  ]
  return `${[...blocks, `<!-- cchc ${document.tool} -->`].filter((block) => block !== '').join('\n\n')}\n`
}

function partBlocks({ text, tables, notes }: Part, language: Language, said: string | null): string[] {
  return [
    ...text.map(paragraph),
    ...tables.flatMap((table) => [table.caption === said ? '' : caption(table.caption), tableText(table, language)]),
    notes
      .map((note) => `- ${paragraph(note)}`)
      .filter((line) => line !== '- ')
      .join('\n'),
  ]
}

function tableText({ columns, rows }: Table, language: Language): string {
  const headings = columns.map(({ headings }) => escape(headings.join(' > ')))
  const rule = columns.map((column) => (isNumeric(column) ? '---:' : '---'))
  const numbers = columns.every(({ number }) => number === null) ? [] : [columns.map(({ number }) => escape(number ?? ''))]
  const hasParts = rows.some(({ depth }) => depth === 0) && rows.some(({ depth }) => depth === 1)
  const cells = ({ cells, depth }: Row): string[] =>
    cells.map(
      (cell, i) =>
        `${i === 0 && cell.kind === 'text' && depth === 1 && hasParts ? '– ' : ''}${escape(cellText(cell, language, columns[i]))}`,
    )
  const line = (texts: readonly string[]): string => `| ${texts.join(' | ')} |`
  return [headings, rule, ...numbers, ...rows.map(cells)].map(line).join('\n')
}

function caption(text: string): string {
  const escaped = escape(text)
  return escaped === '' ? '' : `**${escaped}**`
}

/** A text as a paragraph: nothing at its start makes it a heading, list, quotation or rule. */
function paragraph(text: string): string {
  return escape(text)
    .replace(/^(?=[#+=>-])/, '\\')
    .replace(/^(\d{1,9})(?=[.)])/, '$1\\')
}

/** A text as a piece of a line that says what it says: the signs that mean something are escaped, whatever would be a link is broken up. */
function escape(text: string): string {
  return oneLine(text)
    .replaceAll(/[\\`*_[\]<|~&$]/g, '\\$&')
    .replaceAll(/:(?=[\p{L}\d/+-])/gu, '\\:')
    .replaceAll(/\b(www)\./gi, '$1\\.')
    .replaceAll(/(?<=[\w.+-])@(?=\w)/g, '<!-- -->@')
}
