/** Characters that steer a terminal or a page: controls, marks that turn the direction of writing, separators of lines and paragraphs. */
// oxlint-disable-next-line no-control-regex
const STEERING = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f]/g

/** A text on one line without what would steer a terminal: such a character shows as "·". */
export function visible(text: string): string {
  return text.replace(STEERING, '·')
}

/** The same of a text of several lines; `isPainted`: the colours in it are ours. */
export function visibleLines(text: string, isPainted = false): string {
  return text.replace(STEERING, (sign, at: number) =>
    sign === '\n' || sign === '\t' || (isPainted && sign === '\u001b' && COLOUR.test(text.slice(at, at + 6))) ? sign : '·',
  )
}

/* What the tables are painted with. */
// oxlint-disable-next-line no-control-regex
const COLOUR = /^\u001b\[\d{1,2}m/

/** JSON with what would steer a terminal escaped. */
export function toJson(value: unknown): string {
  return JSON.stringify(value).replace(STEERING, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
