/** What a page may weigh. */
export const MOST_BYTES = 400_000

/**
 * A body with many cells, lighter: without end tags, quotes and scopes that HTML lets be implied, which say the same; of the shades only
 * the one of missed targets, as the shortest element there is. What is still too heavy goes without shades: the marks stay.
 */
export function lighten(body: string, most: number): string {
  if (Buffer.byteLength(body) <= most) return body
  const bare = body
    .replaceAll(/<\/(?:td|th|tr)>\n?/g, '')
    .replaceAll(/(?<=<t[hr]) scope="row"/g, '')
    .replaceAll('<td class="g">', '<td>')
    .replaceAll(/<td class="m">([^<]*)<i>([^<]*)<\/i>/g, '<td><p>$1$2')
    .replaceAll(/(?<=<t[dr] class=)"(\w+)"/g, '$1')
  return Buffer.byteLength(bare) <= most ? bare : bare.replaceAll('<td><p>', '<td>')
}
