import { parentPort, workerData } from 'node:worker_threads'

import { scanNow } from './scan.js'

const { file, offset } = workerData as { file: string; offset: number }
parentPort!.postMessage(scanNow(file, offset))
