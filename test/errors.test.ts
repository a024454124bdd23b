import { expect, test } from 'vitest'

import { ToolError } from '../src/errors.js'
import { say } from '../src/messages/message.js'

test('an error is JSON in English under any key of what it stands in, and in a language where that is asked', () => {
  const error = new ToolError('no_files', say('reading.no_exports'))
  const english = { code: 'no_files', message: 'there are no exports in this folder', hint: null, place: null, details: null }
  expect(JSON.parse(JSON.stringify({ error, vi: error, list: [error] }))).toEqual({ error: english, vi: english, list: [english] })
  expect(error.asJson('vi')).toEqual({ ...english, message: 'thư mục này không có tệp số liệu' })
})
