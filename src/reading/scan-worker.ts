import { parentPort, workerData } from 'node:worker_threads'

import { scanNow } from './scan.js'

const { path, offset, separator } = workerData as { path: string; offset: number; separator: string | undefined }
parentPort!.postMessage(scanNow(path, offset, separator))
