/** What a page may weigh. */
export const MOST_BYTES = 400_000

/**
 * A body with many cells, lighter: without the end tags, quotes and scopes that HTML lets be implied, which say the same; of the shades
 * only the one of missed targets, as the shortest element there is. What is still too heavy goes without shades: the marks stay.
 */
export function lighten(body: string, most: number): string {
  if (Buffer.byteLength(body) <= most) return body
  const bare = body
    .replaceAll(/<\/(?:td|th|tr|tbody)>\n?/g, '')
    .replaceAll(/(?<=<th) scope="\w+"/g, '')
    .replaceAll('<td class="g">', '<td>')
    .replaceAll(/<td class="m">([^<]*)<i>([^<]*)<\/i>/g, '<td><p>$1$2')
    .replaceAll(/="([\w-]+)"(?=[ >])/g, '=$1')
  if (Buffer.byteLength(bare) <= most) return bare
  return bare.replaceAll('<td><p>', '<td>').replaceAll(/(?<=<table id=[^ ]* class=")heat /g, 'plain ')
}
