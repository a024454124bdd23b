import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { asset } from '../assets.js'
import type { Document } from './document.js'
import { lighten, MOST_BYTES } from './html/lean.js'
import { renderBody } from './html/page.js'
import { escape } from './html/text.js'
import { fit } from './list.js'

const TITLE_AT_MOST = 70

/**
 * A document as one page of HTML that needs nothing besides: readable without scripts, on a phone and on paper. The same document gives
 * the same bytes. Its own style and script are the only ones that it lets run, by their hashes.
 */
export function renderHtml(document: Document): string {
  const { language, office, title, tool } = document
  const [style, script] = [readAsset('style.css'), readAsset('script.js')]
  const policy = `default-src 'none'; style-src ${hash(style)}; script-src ${hash(script)}; img-src data:; base-uri 'none'; form-action 'none'`
  const head = [
    '<!DOCTYPE html>',
    `<html lang="${language}">`,
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<meta name="generator" content="cchc ${escape(tool)}">`,
    `<title>${escape(fit([title, office].filter(Boolean).join(' – '), TITLE_AT_MOST))}</title>`,
    '<link rel="icon" href="data:,">',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
  ].join('\n')
  const foot = `<script type="module">${script}</script>\n</body>\n</html>\n`
  return `${head}\n${lighten(renderBody(document), MOST_BYTES - Buffer.byteLength(head + foot) - 2)}\n${foot}`
}

/** A file of the page, without its indents. */
function readAsset(name: string): string {
  return readFileSync(asset(`report/html/${name}`), 'utf8').replaceAll(/^\s+/gm, '')
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
