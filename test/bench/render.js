/**
 * Makes a report of a store by level, unit, month, and unit by month, and renders it once. Prints the seconds that the rendering took on top
 * of measuring, the library of the format included, and the bytes of the file.
 *
 *   node test/bench/render.js STORE PERIOD FORMAT
 */
import {
  loadDefinitions,
  makeDocument,
  makeReport,
  measuredFor,
  renderDocx,
  renderHtml,
  renderJson,
  renderMarkdown,
  renderXlsx,
  Store,
} from '../../dist/index.js'

const RENDERERS = { html: renderHtml, xlsx: renderXlsx, docx: renderDocx, md: renderMarkdown }

const [file, period, format] = process.argv.slice(2)
const definitions = await loadDefinitions()
const outline = definitions.outlines.find(({ as_asked }) => as_asked)
const by = [['level'], ['unit'], ['month'], ['unit', 'month']]
const policy = { id: 'default', policy: definitions.policies.default }
const store = await Store.open(file, { readOnly: true })
const request = { period, asOf: '2026-01-01', policy, ...measuredFor(outline, by), by }
const report = await makeReport(store, definitions, request)
const started = performance.now()
const content =
  format === 'json'
    ? [...renderJson(report, definitions)].join('')
    : await RENDERERS[format](makeDocument(report, definitions, outline, { language: 'vi', office: null }))
const seconds = (performance.now() - started) / 1000
console.log(JSON.stringify({ seconds, bytes: Buffer.byteLength(content) }))
store.close()
