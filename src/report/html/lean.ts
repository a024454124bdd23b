/** What a page may weigh. */
export const MOST_BYTES = 400_000

/**
 * A body with many cells, lighter: without the end tags, quotes and scopes that HTML lets be implied, which say the same, and without shades:
 * the marks in the cells stay.
 */
export function lighten(body: string, most: number): string {
  if (Buffer.byteLength(body) <= most) return body
  return body
    .replaceAll(/<\/(?:td|th|tr|tbody)>\n?/g, '')
    .replaceAll(/(?<=<th) scope="\w+"/g, '')
    .replaceAll(/<td class="[gm]">([^<]*)(?:<i>([^<]*)<\/i>)?/g, '<td>$1$2')
    .replaceAll(/(?<=<table id="[^"]*" class=")heat /g, 'plain ')
    .replaceAll(/="([\w-]+)"(?=[ >])/g, '=$1')
}
