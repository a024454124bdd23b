import { label, type Language } from '../../language/labels.js'
import type { Table } from '../document.js'
import { renderBullets } from './bullet.js'
import { renderPanels } from './line.js'
import { renderSlope } from './slope.js'

/** The drawing beside a table, with a line that says how to read it; empty where there is nothing to draw. */
export function renderChart({ chart }: Table, language: Language): string {
  if (chart === null) return ''
  const drawings =
    chart.kind === 'bullet'
      ? renderBullets(chart, language)
      : chart.kind === 'line'
        ? renderPanels(chart, language)
        : [renderSlope(chart, language)]
  const drawn = drawings.filter((drawing) => drawing !== null)
  if (drawn.length === 0) return ''
  return `<figure class="chart"><figcaption>${label(language, `page_${chart.kind}`)}</figcaption><div class="${chart.kind}s">${drawn.join('\n')}</div></figure>`
}
