/** Preloaded into a measured process: leaves its peak memory, in bytes, in the file that PEAK_FILE names. */
import { readFileSync, writeFileSync } from 'node:fs'

process.on('exit', () => {
  if (!process.env.PEAK_FILE) return
  let kilobytes = process.resourceUsage().maxRSS
  try {
    kilobytes = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))[1])
  } catch {
    // Not Linux: maxRSS will do.
  }
  writeFileSync(process.env.PEAK_FILE, String(kilobytes * 1024))
})
