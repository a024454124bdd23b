import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

import { settle, type SettingsInput } from '../../src/definitions/project.js'
import { run, succeed, tempFolder, write } from '../support/program.js'

const settled = (cwd: string, environment: Record<string, string> = {}, flags: SettingsInput['flags'] = {}) =>
  settle({ cwd, environment, flags })

describe('a setting', () => {
  it('comes from the flag, else the environment, else the project file, else the default', async () => {
    const folder = tempFolder()
    const bare = await settled(folder)
    expect(bare.lang).toEqual({ value: 'en', origin: 'default' })
    expect(bare.db).toEqual({ value: join(folder, 'cchc.duckdb'), origin: 'default' })
    write(folder, 'cchc.yaml', 'lang: vi\ndb: data/own.duckdb\npolicy: own\nmax_rejects: 2%\nstale_after_days: 7\nname: Sở Nội vụ\n')
    const project = await settled(folder)
    expect(project).toMatchObject({
      lang: { value: 'vi', origin: 'project file' },
      db: { value: join(folder, 'data', 'own.duckdb'), origin: 'project file' },
      policy: { value: 'own', origin: 'project file' },
      maxRejects: { value: 0.02, origin: 'project file' },
      staleAfterDays: { value: 7, origin: 'project file' },
      name: { value: 'Sở Nội vụ', origin: 'project file' },
    })
    const environment = { CCHC_LANG: 'en', CCHC_DB: 'env.duckdb' }
    expect(await settled(folder, environment)).toMatchObject({
      lang: { value: 'en', origin: 'environment' },
      db: { value: join(folder, 'env.duckdb'), origin: 'environment' },
    })
    expect(await settled(folder, environment, { lang: 'vi', db: 'flag.duckdb', policy: 'default', maxRejects: '0' })).toMatchObject({
      lang: { value: 'vi', origin: 'flag' },
      db: { value: join(folder, 'flag.duckdb'), origin: 'flag' },
      policy: { value: 'default', origin: 'flag' },
      maxRejects: { value: 0, origin: 'flag' },
    })
  })

  it('is found upwards, and its paths start at the file that says them', async () => {
    const folder = tempFolder()
    write(folder, 'cchc.yaml', 'db: own.duckdb\n')
    const deep = join(folder, 'exports', '2024')
    mkdirSync(deep, { recursive: true })
    expect((await settled(deep)).db).toEqual({ value: join(folder, 'own.duckdb'), origin: 'project file' })
    write(deep, 'cchc.yaml', 'db: nearer.duckdb\n')
    expect((await settled(deep)).db.value).toBe(join(deep, 'nearer.duckdb'))
    expect((await settled(deep, { CCHC_CONFIG: join(folder, 'cchc.yaml') })).db.value).toBe(join(folder, 'own.duckdb'))
    expect((await settled(folder, { CCHC_CONFIG: 'none.yaml' }, { config: join(deep, 'cchc.yaml') })).db.value).toBe(
      join(deep, 'nearer.duckdb'),
    )
  })

  it('of language follows the system where nothing else says it', async () => {
    const folder = tempFolder()
    const lang = async (environment: Record<string, string>) => (await settled(folder, environment)).lang.value
    expect([await lang({ LANG: 'vi_VN.UTF-8' }), await lang({ LC_ALL: 'C', LANG: 'vi_VN' }), await lang({ LANG: 'fr_FR' })]).toEqual([
      'vi',
      'en',
      'en',
    ])
  })

  it.each(['5%', '5 %', '0.05', '0,05'])('of rejects reads %s as 0.05', async (maxRejects) => {
    expect((await settled(tempFolder(), {}, { maxRejects })).maxRejects.value).toBeCloseTo(0.05)
  })

  it.each(['5', '-1', 'viele', '101%', ''])('of rejects does not take "%s" for a share', async (maxRejects) => {
    const asked = settled(tempFolder(), {}, { maxRejects })
    if (maxRejects === '') expect((await asked).maxRejects.origin).toBe('default')
    else await expect(asked).rejects.toMatchObject({ code: 'usage', exitStatus: 2 })
  })

  it('that is wrong in the project file is refused with its place', async () => {
    const folder = tempFolder()
    const file = write(folder, 'cchc.yaml', 'name: Sở\nlanguage: vi\n')
    await expect(settled(folder)).rejects.toMatchObject({ code: 'invalid_definition', place: { file, line: 2, column: 1 } })
    await expect(settled(folder, {}, { config: 'none.yaml' })).rejects.toMatchObject({ code: 'usage' })
    await expect(settled(tempFolder(), { CCHC_LANG: 'fr' })).rejects.toMatchObject({ code: 'usage' })
  })
})

describe('cchc config', () => {
  it('prints every setting with where it comes from', async () => {
    const cwd = tempFolder()
    write(cwd, 'cchc.yaml', 'lang: vi\n')
    const { settings } = JSON.parse(await succeed(['config', '--format', 'json', '--db', 'x.duckdb'], { cwd })) as {
      settings: Record<string, { value: unknown; origin: string }>
    }
    expect([settings.lang, settings.db?.origin, settings.policy?.origin]).toEqual([
      { value: 'vi', origin: 'project file' },
      'flag',
      'default',
    ])
  })

  it('ends with 3 and names line and column when the project file is wrong', async () => {
    const cwd = tempFolder()
    write(cwd, 'cchc.yaml', 'lang: [vi\n')
    const { status, stdout, stderr } = await run(['config'], { cwd })
    expect([status, stdout]).toEqual([3, ''])
    expect(stderr).toMatch(/cchc\.yaml:[12]:\d+: not valid YAML/)
  })
})
