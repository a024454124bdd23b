import { existsSync } from 'node:fs'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'

const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium']

/** The browser of this machine, or of CCHC_CHROMIUM; null where there is none. */
export const CHROMIUM = [process.env.CCHC_CHROMIUM, ...PLACES].find((path) => path && existsSync(path)) ?? null

/** Whether tests that need a browser must run, rather than say that they did not. */
export const IS_REQUIRED = Boolean(process.env.CCHC_REQUIRE_BROWSER)

if (CHROMIUM === null && !IS_REQUIRED) {
  process.stderr.write(
    '\n!! No Chromium was found: web pages are NOT tried in a browser. apt-get install chromium, or set CCHC_CHROMIUM.\n\n',
  )
}

export async function openBrowser(): Promise<Browser> {
  if (CHROMIUM === null) throw new Error('tests need Chromium here: apt-get install chromium, or set CCHC_CHROMIUM')
  return chromium.launch({ executablePath: CHROMIUM, chromiumSandbox: false })
}

/** What a page did besides showing itself. */
export interface Watched {
  page: Page
  requests: string[]
  messages: string[]
}

/** Opens a page as from a web server that has nothing else. */
export async function openPage(browser: Browser, html: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  const address = 'http://cchc.test/'
  const watched: Watched = { page, requests: [], messages: [] }
  await context.route('**', async (route) => {
    const url = route.request().url()
    if (url === address) return route.fulfill({ body: html, contentType: 'text/html; charset=utf-8' })
    watched.requests.push(url)
    return route.abort()
  })
  page.on('console', (message) => watched.messages.push(message.text()))
  page.on('pageerror', (error) => watched.messages.push(error.message))
  page.on('dialog', (dialog) => {
    watched.messages.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  await page.goto(address)
  return watched
}
