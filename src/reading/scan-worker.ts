import { parentPort, workerData } from 'node:worker_threads'

import { scanNow } from './scan.js'

const { file, offset, separator } = workerData as { file: string; offset: number; separator: string | undefined }
parentPort!.postMessage(scanNow(file, offset, separator))
