/* Identity numbers start with the code of a province; telephone numbers are written with or without spaces and dots. */
const PERSONAL = [
  /(?<!\d)0\d{11}(?!\d)/g,
  /^\s*\d{9}\s*$/g,
  /(?<![\d.])(?!\d{1,2}[./-]\d{1,2}[./-]\d{4})(?:\+?84|0)(?:[ .-]?\d){8,9}(?!\d|\.?[A-Z])/g,
  /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g,
]

/** A text without what identifies a person: identity and telephone numbers and e-mail addresses become •••. */
export function maskPersonal(text: string): string {
  return PERSONAL.reduce((masked, pattern) => masked.replace(pattern, '•••'), text)
}
