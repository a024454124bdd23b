import { readFileSync } from 'node:fs'

import { asset } from './assets.js'

/** The version in package.json. */
export const VERSION = (JSON.parse(readFileSync(asset('../package.json'), 'utf8')) as { version: string }).version
