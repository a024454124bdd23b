import { join } from 'node:path'
import { expect, test } from 'vitest'

import { chosenLanguage } from '../../src/messages/chosen.js'
import { tempFolder, write } from '../support/program.js'

const empty = tempFolder()

test.each([
  [['report', '--lang', 'vi'], {}, 'vi'],
  [['--lang=vi', 'report'], { LANG: 'en_US.UTF-8' }, 'vi'],
  [['report', '--lang', 'en'], { CCHC_LANG: 'vi', LANG: 'vi_VN' }, 'en'],
  [['report', '--lang', 'vi', '--lang', 'en'], {}, 'en'],
  [['report', '--', '--lang', 'vi'], {}, 'en'],
  [['report', '--lang'], { LANG: 'vi_VN.UTF-8' }, 'vi'],
  [['report', '--lang', 'fr'], { CCHC_LANG: 'vi' }, 'vi'],
  [[], { CCHC_LANG: 'vi', LANG: 'C' }, 'vi'],
  [[], { LC_ALL: 'vi_VN.UTF-8', LANG: 'en_US.UTF-8' }, 'vi'],
  [[], { LC_ALL: 'C', LANG: 'vi_VN.UTF-8' }, 'en'],
  [[], {}, 'en'],
])('the language of %j under %j is known before options are read', (argv, environment, language) => {
  expect(chosenLanguage(argv, environment as Record<string, string>, empty)).toBe(language)
})

test.each(['lang: vi\n', '# office\nname: X\nlang: "vi" # always\n', "{ name: X, 'lang': 'vi' }\n"])(
  'the project file says it, from a folder below too: %j',
  (text) => {
    const folder = tempFolder()
    write(folder, 'cchc.yaml', text)
    expect(chosenLanguage([], {}, join(folder, 'below', 'it'))).toBe('vi')
    expect(chosenLanguage(['--config', join(folder, 'cchc.yaml')], {}, empty)).toBe('vi')
    expect(chosenLanguage([], { CCHC_LANG: 'en' }, folder)).toBe('en')
  },
)

test('a project file that is not there is for the settings to refuse', () => {
  expect(chosenLanguage(['--config', 'missing.yaml'], { LANG: 'vi_VN' }, empty)).toBe('vi')
})
