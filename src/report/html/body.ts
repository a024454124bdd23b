import { label, type Language } from '../../language/labels.js'
import { formatDate } from '../../language/date.js'
import type { Document, Section } from '../document.js'
import { statusMark } from '../cell.js'
import { renderChart } from './chart.js'
import { linear, short } from './geometry.js'
import { renderTable } from './table.js'
import { escape } from './text.js'

const WORTH_CONTENTS = 3

/** What stands between <body> and </body>: who reports what, the answer, the contents, the sections, the foot. */
export function renderBody(document: Document): string {
  const { language, office, title, subtitle, sections, tool, asOf } = document
  const places = { n: '{n}', of: '{of}' }
  const words = { search: 'page_search', sort: 'page_sort', found: 'page_found' } as const
  const data = Object.entries(words).map(([name, key]) => ` data-${name}="${escape(label(language, key, places))}"`)
  return [
    `<a class="skip" href="#page_main">${label(language, 'page_skip')}</a>`,
    `<header>${office === null ? '' : `<p class="office">${escape(office)}</p>`}<h1>${escape(title)}</h1><p class="subtitle">${escape(subtitle)}</p></header>`,
    `<main id="page_main"${data.join('')}>`,
    renderAnswer(document),
    sections.length < WORTH_CONTENTS ? '' : renderContents(sections, language),
    ...sections.map((section) => renderSection(section, language)),
    '</main>',
    `<footer><p>${escape(label(language, 'page_foot', { tool, date: formatDate(asOf) }))}</p></footer>`,
  ]
    .filter((part) => part !== '')
    .join('\n')
}

function renderAnswer({ verdict, summary, language }: Document): string {
  if (verdict === null && summary.length === 0) return ''
  const sentences = summary.map((sentence) => `<p>${escape(sentence)}</p>`).join('')
  const parts = verdict && [
    { key: 'page_reached', count: verdict.met, tone: 'good' } as const,
    { key: 'page_missed', count: verdict.missed, tone: 'bad' } as const,
    ...(verdict.noData > 0 ? [{ key: 'page_no_data', count: verdict.noData, tone: 'none' } as const] : []),
  ]
  const figures = parts?.map(
    ({ key, count, tone }) =>
      `<div class="${count > 0 ? tone : 'none'}"><dt>${key === 'page_missed' && count > 0 ? `${statusMark('missed')} ` : ''}${label(language, key)}</dt><dd>${count}</dd></div>`,
  )
  return [
    `<section class="answer" aria-labelledby="page_answer"><h2 id="page_answer">${label(language, 'page_answer')}</h2>`,
    figures ? `<div class="figures"><dl>${figures.join('')}</dl>${renderShares(parts!)}</div>` : '',
    `${sentences === '' ? '' : `<div class="summary">${sentences}</div>`}</section>`,
  ].join('')
}

/** The three figures of the answer as parts of one bar; they stand in words beside it. */
function renderShares(parts: readonly { count: number; tone: string }[]): string {
  const total = parts.reduce((sum, { count }) => sum + count, 0)
  const x = linear([0, Math.max(1, total)], [0, 100])
  let before = 0
  const bars = parts.map(({ count, tone }) => {
    const bar = count === 0 ? '' : `<rect class="${tone}" x="${short(x(before))}%" width="${short(x(count))}%" height="10"/>`
    before += count
    return bar
  })
  return total === 0 ? '' : `<svg class="shares" aria-hidden="true" width="100%" height="10">${bars.join('')}</svg>`
}

function renderContents(sections: readonly Section[], language: Language): string {
  const links = sections
    .filter(({ title }) => title !== '')
    .map(({ id, title }) => `<li><a href="#${escape(id)}">${escape(title)}</a></li>`)
  return `<nav aria-labelledby="page_contents"><h2 id="page_contents">${label(language, 'page_contents')}</h2><ol>${links.join('')}</ol></nav>`
}

/** A chapter: drawings and tables, the same in words behind a fold, remarks; appendices are folded as a whole. */
function renderSection({ id, title, text, tables, notes, isAppendix }: Section, language: Language): string {
  const isWide = tables.some((table) => table.isWide)
  const isFolded = isAppendix && title !== ''
  const heading = title === '' ? '' : `<h2>${escape(title)}</h2>`
  const words = text.map((paragraph) => `<p>${escape(paragraph)}</p>`)
  const remarks = notes.filter((note) => note !== label(language, 'legend_marks'))
  return [
    `<section${isFolded ? '' : ` id="${escape(id)}"`}${isWide ? ' class="wide"' : ''}>`,
    isFolded ? `<details><summary>${heading}</summary><div id="${escape(id)}">` : heading,
    ...(tables.length === 0 ? words : []),
    ...tables.flatMap((table) => [renderChart(table, language), renderTable(table, language)]),
    tables.length === 0 || words.length === 0
      ? ''
      : `<details class="words"><summary>${label(language, 'page_words')}</summary>${words.join('\n')}</details>`,
    remarks.length === 0 ? '' : `<ul class="notes">${remarks.map((note) => `<li>${escape(note)}</li>`).join('')}</ul>`,
    isFolded ? '</div></details>' : '',
    '</section>',
  ]
    .filter((part) => part !== '')
    .join('\n')
}
