import type { Document } from './document.js'

/** A document as one web page. What makes it is opened only now, so that other reports start without it. */
export async function renderHtml(document: Document): Promise<string> {
  const { renderPage } = await import('./html/page.js')
  return renderPage(document)
}
