import { render, type Message } from './message.js'

/** A text that is not written as it must be, and why: of expressions and formats in definitions. */
export class Unfit extends SyntaxError {
  readonly says: Message

  constructor(says: Message) {
    super(render(says, 'en'))
    this.says = says
  }
}
