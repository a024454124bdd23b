const CENTRAL = 0x02014b50
const END = 0x06054b50
const END_LENGTH = 22
/** 1 January 1980, midnight: the first day that a zip file can say. */
const [TIME, DAY] = [0, 0x21]

/** A zip file whose entries all say the same day, in place: the library stamps them with the clock. */
export function withoutClock(zip: Uint8Array): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  const end = zip.byteLength - END_LENGTH
  if (view.getUint32(end, true) !== END) throw new Error('not a zip file without a comment')
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (view.getUint32(at, true) !== CENTRAL) throw new Error('no entry where one is said to be')
    const local = view.getUint32(at + 42, true)
    for (const place of [at + 12, local + 10]) {
      view.setUint16(place, TIME, true)
      view.setUint16(place + 2, DAY, true)
    }
    at += 46 + view.getUint16(at + 28, true) + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return zip
}
