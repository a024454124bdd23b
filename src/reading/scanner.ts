const QUOTE = 34
const NEWLINE = 10
const RETURN = 13

/** What a byte-level walk over a CSV found, independent of any CSV parser. */
export interface ScanCounts {
  records: number
  blankLines: number
  embeddedNewlines: number
  endsInsideQuote: boolean
  hasNul: boolean
  /** Whether some records end in CR LF and some in LF. */
  hasMixedEnds: boolean
  /** The most separators in one quoted text that has line breaks: as many as in a row, where a quote is closed rows too late. */
  separatorsAcrossLines: number
}

/**
 * Counts the records of a UTF-8 CSV by quote parity and newlines alone. It is the check that no CSV reader lost or merged
 * rows; where it disagrees with the reader, the file goes the careful road. Given ordinals, it also finds their lines.
 */
export class RecordScanner {
  private readonly wanted: readonly number[]
  private nextWanted = 0
  private position = 0
  private recordStart = 0
  private startLine: number
  private line: number
  private lastByte = 0
  private insideQuote = false
  private hasNul = false
  private records = 0
  private blankLines = 0
  private embeddedNewlines = 0
  private ends = 0
  private returnEnds = 0
  private readonly quoted = { start: 0, separators: 0, newlines: 0, end: -2 }
  private separatorsAcrossLines = 0
  private readonly separator: number
  /** Lines of the wanted records, in their order. */
  readonly lines: number[] = []

  /** `firstLine`: the line the first byte is on. `wanted`: ascending record ordinals from 1. */
  constructor(firstLine = 1, wanted: readonly number[] = [], separator = ',') {
    this.separator = separator.charCodeAt(0)
    this.startLine = firstLine
    this.line = firstLine
    this.wanted = wanted
  }

  push(chunk: Buffer): void {
    if (!this.hasNul && chunk.includes(0)) this.hasNul = true
    let quote = chunk.indexOf(QUOTE)
    let newline = chunk.indexOf(NEWLINE)
    for (;;) {
      const next = quote < 0 ? chunk.length : quote
      while (newline >= 0 && newline < next) {
        if (this.insideQuote) {
          this.embeddedNewlines++
          this.quoted.newlines++
          this.line++
        } else this.endRecord(newline, newline > 0 ? chunk[newline - 1]! : this.lastByte)
        newline = chunk.indexOf(NEWLINE, newline + 1)
      }
      if (quote < 0) break
      if (this.insideQuote) this.closeQuote(chunk, quote)
      else this.openQuote(quote)
      this.insideQuote = !this.insideQuote
      quote = chunk.indexOf(QUOTE, quote + 1)
    }
    if (this.insideQuote || this.quoted.end === chunk.length - 1) this.countSeparators(chunk, chunk.length)
    this.quoted.start = 0
    this.quoted.end -= chunk.length
    this.position += chunk.length
    if (chunk.length > 0) this.lastByte = chunk[chunk.length - 1]!
  }

  /** Two quotes beside each other are one in the text: it goes on. */
  private openQuote(at: number): void {
    const { quoted } = this
    if (at === quoted.end + 1) return
    quoted.separators = quoted.newlines = 0
    quoted.start = at
  }

  private closeQuote(chunk: Buffer, at: number): void {
    const { quoted } = this
    if (quoted.newlines > 0) this.countSeparators(chunk, at)
    this.separatorsAcrossLines = Math.max(this.separatorsAcrossLines, quoted.newlines > 0 ? quoted.separators : 0)
    quoted.end = at
  }

  private countSeparators(chunk: Buffer, end: number): void {
    const { quoted, separator } = this
    for (let at = chunk.indexOf(separator, quoted.start); at >= 0 && at < end; at = chunk.indexOf(separator, at + 1)) quoted.separators++
    quoted.start = end
  }

  private endRecord(newline: number, before: number): void {
    const end = this.position + newline
    this.ends++
    if (before === RETURN) this.returnEnds++
    const length = end - this.recordStart
    this.count(length === 0 || (length === 1 && before === RETURN))
    this.recordStart = end + 1
    this.startLine = ++this.line
  }

  private count(isBlank: boolean): void {
    if (isBlank) {
      this.blankLines++
      return
    }
    this.records++
    if (this.records === this.wanted[this.nextWanted]) {
      this.lines.push(this.startLine)
      this.nextWanted++
    }
  }

  end(): ScanCounts {
    if (this.position > this.recordStart) this.count(false)
    return {
      records: this.records,
      blankLines: this.blankLines,
      embeddedNewlines: this.embeddedNewlines,
      endsInsideQuote: this.insideQuote,
      hasNul: this.hasNul,
      hasMixedEnds: this.returnEnds > 0 && this.returnEnds < this.ends,
      separatorsAcrossLines: this.separatorsAcrossLines,
    }
  }
}
