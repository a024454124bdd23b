import fc from 'fast-check'
import { expect, test } from 'vitest'

// @ts-expect-error plain JavaScript without types
import * as samples from '../../data-samples/lib/workbooks.js'
import { readSheet, type SheetRow } from '../../src/workbook/workbook.js'
import { fileAt, tempFolder, write } from '../support/program.js'
import { property } from '../support/property.js'

const folder = tempFolder()
const FORMATS = [0, 14, '000', 'dd/mm/yyyy;;', '@']
const STRINGS = ['<t>Đất</t>', '<t/>', '<r><t>a</t></r><r><t xml:space="preserve"> b</t></r>']

const text = fc.oneof(
  fc.constantFrom('', ' ', 'Đất Mũi', 'a &amp; b', '_x000D_', 'x_y', '&#x1EBF;', 'dòng\r\nhai', '𠮷', '45415', '1.0', '-7', '1e3'),
  fc.stringMatching(/^[a-z0-9 ]{0,12}$/),
)
const content = fc.oneof(
  fc.tuple(
    fc.constantFrom(' t="n"', '', ' s="1"', ' s="2"', ' s="3"', ' s="4" t="n"'),
    fc.constantFrom('0', '7', '45415.5', '-1', '1E+3', ''),
  ),
  fc.tuple(fc.constantFrom(' t="s"', ' t="s" s="1"', ' s="2" t="s"'), fc.constantFrom('0', '1', '2')),
  fc.tuple(fc.constantFrom(' t="str"', ' t="str" cm="1"', " t='str'", ' t="b"', ' t="e"', ' t="d"'), text),
)
const value = content.map(([more, held]) => ({ more, inside: `<v>${held}</v>` }))
const inline = fc
  .tuple(text, fc.constantFrom('<t>', '<t xml:space="preserve">', '<r><t>', '<t >'))
  .map(([held, open]) => ({ more: ' t="inlineStr"', inside: `<is>${open}${held}</t>${open.startsWith('<r>') ? '</r>' : ''}</is>` }))
const formula = content.map(([more, held]) => ({ more, inside: `<f>A1&amp;"x"</f><v>${held}</v>` }))
const cell = fc.tuple(
  fc.oneof({ weight: 5, arbitrary: value }, { weight: 4, arbitrary: inline }, formula, fc.constant({ more: '', inside: '' })),
  fc.constantFrom('', ' ', '\n'),
)
const rows = fc.array(fc.tuple(fc.array(cell, { maxLength: 6 }), fc.boolean()), { minLength: 1, maxLength: 8 })

function sheetXml(drawn: [[{ more: string; inside: string }, string][], boolean][]): string {
  return drawn
    .map(([cells, isNamed], r) => {
      const written = cells.map(([{ more, inside }, gap], i) => {
        const name = isNamed ? ` r="${'ABCDEFGHIJKL'[i * 2]}${r + 1}"` : ''
        return inside === '' ? `<c${name}${more}/>${gap}` : `<c${name}${more}>${inside}</c>${gap}`
      })
      return `<row r="${r + 1}">${written.join('')}</row>`
    })
    .join('')
}

async function read(rowsXml: string): Promise<SheetRow[]> {
  const parts = { rows: rowsXml, strings: STRINGS, formats: FORMATS }
  const found: SheetRow[] = []
  await readSheet(fileAt(write(folder, 'a.xlsx', samples.zip(samples.xlsxParts(parts)) as Buffer)), 'Sheet1', (row) => found.push(row))
  return found
}

test('cells taken at a glance say what the same cells say with names that are read in full', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (drawn) => {
      const xml = sheetXml(drawn)
      expect(await read(xml)).toEqual(await read(xml.replace(/<(\/?)(row|c|v|is|t|f|r)(?=[\s/>])/g, '<$1x:$2')))
    }),
    property(100),
  )
}, 60_000)
