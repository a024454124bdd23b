import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { asset } from '../../assets.js'
import type { Document } from '../document.js'
import { renderBody } from './body.js'
import { joinTables } from './join.js'
import { lighten } from './lean.js'
import { clean, escape } from './text.js'
import { fit } from '../list.js'

const TITLE_AT_MOST = 70
/** What a page may weigh. */
const MOST_BYTES = 400_000

/**
 * A document as one page of HTML that needs nothing besides: readable without scripts, on a phone and on paper. The same document gives
 * the same bytes. Its own style and script are the only ones that it lets run, by their hashes.
 */
export function renderPage(document: Document): string {
  const { language, office, title, tool } = document
  const style = readAsset('style.css').replaceAll(/;?\s*([{};,])\s*|(?<=[\w-]:) /g, '$1')
  const script = readAsset('script.js')
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
    `<title>${shortTitle([title, office].filter(Boolean).join(' – '))}</title>`,
    '<link rel="icon" href="data:,">',
    `<style>${style}</style>`,
    '</head>',
    '<body>',
  ].join('\n')
  const foot = `<script type="module">${script}</script>\n</body>\n</html>\n`
  const body = fitBody(document, MOST_BYTES - Buffer.byteLength(head + foot) - 2)
  return `${head}\n${body}\n${foot}`
}

/** The body of the page: as it is, or lighter where it weighs more than `most` bytes, or with its tables joined where it still does. */
function fitBody(document: Document, most: number): string {
  const body = renderBody(document)
  if (Buffer.byteLength(body) <= most) return body
  const light = lighten(body)
  const tooMuch = Buffer.byteLength(light) - most
  return tooMuch <= 0 ? light : lighten(renderBody(joinTables(document, tooMuch)))
}

function shortTitle(text: string): string {
  for (let length = TITLE_AT_MOST; ; length--) {
    const title = escape(fit(clean(text), length))
    if (title.length <= TITLE_AT_MOST) return title
  }
}

/** A file of the page, without its indents and the comments that are lines. */
function readAsset(name: string): string {
  return readFileSync(asset(`report/html/${name}`), 'utf8').replaceAll(/^\s+|^\/\*.*\*\/\n/gm, '')
}

function hash(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`
}
