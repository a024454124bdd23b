/**
 * What a piece of work costs, as a multiple of a fixed one done in the same process: once before all, and again after what costs more than
 * that. CPU, as slow as it is in this hour.
 */
export async function costOf(work: () => unknown): Promise<number> {
  fixed ??= unit()
  const spent = await cpuOf(work)
  return spent / (spent > fixed ? Math.max(fixed, unit()) : fixed)
}

let fixed: number | undefined

async function cpuOf(work: () => unknown): Promise<number> {
  const start = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(start)
  return user + system
}

/** Lines made, parted and counted: about a tenth of a second of a machine of 2024. */
function unit(): number {
  const costs = Array.from({ length: 3 }, () => {
    const start = process.cpuUsage()
    const text = Array.from({ length: 200_000 }, (_, i) => `${i};Xã ${(i * 7_919) % 1_000};${i % 7}`).join('\n')
    const kept = text.split('\n').filter((line) => line.split(';')[2] === '3')
    if (kept.length !== 28_571) throw new Error(`the fixed work gave ${kept.length}`)
    const { user, system } = process.cpuUsage(start)
    return user + system
  })
  return Math.min(...costs)
}
