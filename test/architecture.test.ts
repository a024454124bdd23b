import { accessSync, constants, existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = new URL('..', import.meta.url).pathname
const source = join(root, 'src')

/** Who may import whom, inside src. A folder may always import itself; `index` is src/index.ts, and so on. */
const BELOW_INGEST = ['assets', 'durable', 'errors', 'messages', 'version', 'definitions', 'language', 'store', 'units']
const MAY_IMPORT: Record<string, string[]> = {
  assets: [],
  durable: [],
  messages: [],
  errors: ['messages'],
  version: ['assets'],
  definitions: ['assets', 'errors', 'language', 'messages'],
  language: ['errors', 'messages'],
  store: ['assets', 'durable', 'errors', 'messages', 'version', 'definitions', 'language'],
  units: ['errors', 'definitions', 'language', 'messages', 'store'],
  workbook: ['errors', 'messages'],
  reading: ['assets', 'errors', 'definitions', 'language', 'messages', 'store', 'workbook'],
  ingest: [...BELOW_INGEST, 'reading'],
  measure: BELOW_INGEST,
  report: [...BELOW_INGEST, 'measure'],
  index: [...BELOW_INGEST, 'workbook', 'reading', 'ingest', 'measure', 'report'],
  commands: ['index', 'messages'],
  program: ['commands', 'errors', 'messages'],
  cli: ['commands', 'errors', 'messages', 'program', 'version'],
  build: ['assets', 'definitions', 'measure', 'report'],
}

/** Runtime dependencies that need more than one file, and why. All others are imported by exactly one. */
const SEVERAL_FILES: Record<string, string[]> = {
  '@duckdb/node-api': ['store/store.ts', 'store/values.ts'], // the connection; its values, converted once
  'csv-parse': ['reading/rows.ts', 'reading/sniff.ts'], // streaming for the rows, synchronous for the first megabyte
  zod: ['build.ts', 'definitions/form-schema.ts', 'definitions/outline.ts', 'definitions/schema.ts', 'report/schema.ts'], // what definitions may say, what output looks like, their JSON Schemas
}

interface Import {
  file: string
  from: string
  isTypeOnly: boolean
  /** Opened only when it is needed. */
  isLate?: boolean
}

const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'))
const imports = files.flatMap(importsOf)
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  bin: Record<string, string>
  files: string[]
  exports: Record<string, Record<string, string>>
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

describe('the tree is the architecture', () => {
  it('imports point one way', () => {
    const wrong = imports
      .filter(({ from }) => from.startsWith('.'))
      .map(({ file, from }) => ({ file, from, importer: roomOf(file), imported: roomOf(join(dirname(file), from)) }))
      .filter(({ importer, imported }) => importer !== imported && !MAY_IMPORT[importer]?.includes(imported))
    expect(wrong.map(({ file, from }) => `${file} imports ${from}`)).toEqual([])
  })

  it('what every command opens checks and reads no definitions of an office', () => {
    const opened = new Set<string>()
    const open = (file: string): void => {
      if (opened.has(file)) return
      opened.add(file)
      for (const one of imports.filter((some) => some.file === file && !some.isTypeOnly && !some.isLate)) {
        if (one.from.startsWith('.')) open(join(dirname(file), one.from).replace(/\.js$/, '.ts'))
        else expect(['zod', 'yaml'], `${file} is opened by every command`).not.toContain(one.from)
      }
    }
    open('cli.ts')
    open('index.ts')
    expect(opened.size).toBeGreaterThan(100)
  })

  it('every room of src is in the table', () => {
    expect([...new Set(files.map(roomOf))].sort()).toEqual(Object.keys(MAY_IMPORT).sort())
  })

  it('files are small: none over 300 lines, half of them under 120', () => {
    const sizes = files.map((file) => ({ file, lines: readSource(file).trimEnd().split('\n').length })).sort((a, b) => a.lines - b.lines)
    expect(sizes.filter(({ lines }) => lines > 300)).toEqual([])
    expect(sizes[Math.floor(sizes.length / 2)]!.lines).toBeLessThanOrEqual(120)
  })

  it('no folder is called utils, helpers or common', () => {
    const folders = ['src', 'test', 'data-samples'].flatMap((top) =>
      readdirSync(join(root, top), { recursive: true, withFileTypes: true }).filter((entry) => entry.isDirectory()),
    )
    expect(folders.map(({ name }) => name).filter((name) => /^(utils?|helpers?|common)$/i.test(name))).toEqual([])
  })

  it('src/README.md speaks of every folder and of every file beside them, and of none that is not there', () => {
    const text = readFileSync(join(source, 'README.md'), 'utf8')
    const named = [...text.matchAll(/`([\w./-]+)`/g)].map(([, name]) => name!)
    const rooms = readdirSync(source, { withFileTypes: true }).filter(({ name }) => name !== 'README.md')
    const missing = rooms.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).filter((name) => !named.includes(name))
    expect(missing, 'not described').toEqual([])
    const paths = named.filter((name) => /^[a-z][\w-]*(\/[\w.-]*)+$/.test(name) || /^[a-z-]+\.ts$/.test(name))
    const gone = paths.filter((name) => !existsSync(join(source, name)) && !existsSync(join(root, name)))
    expect(gone, 'described, but gone').toEqual([])
  })

  it('nothing is left to do in the code', () => {
    expect(files.filter((file) => /\b(TODO|FIXME|XXX)\b/.test(readSource(file)))).toEqual([])
  })
})

describe('dependencies', () => {
  it('only the store knows DuckDB', () => {
    const users = imports.filter(({ from }) => from.startsWith('@duckdb/')).map(({ file }) => dirname(file))
    expect([...new Set(users)]).toEqual(['store'])
  })

  it.each(Object.keys(manifest.dependencies))('%s is imported by one file, or by the ones named here', (name) => {
    const users = imports.filter(({ from, isTypeOnly }) => !isTypeOnly && (from === name || from.startsWith(`${name}/`)))
    const known = SEVERAL_FILES[name]
    const distinct = [...new Set(users.map(({ file }) => file))].sort()
    if (known) expect(distinct).toEqual(known)
    else expect(distinct, name).toHaveLength(1)
  })

  it('nothing is imported that package.json does not name', () => {
    const named = Object.keys(manifest.dependencies)
    const foreign = imports.filter(({ from }) => !from.startsWith('.') && !from.startsWith('node:'))
    const unknown = foreign.filter(({ from }) => !named.some((name) => from === name || from.startsWith(`${name}/`)))
    expect(unknown).toEqual([])
  })

  it('every version is exact', () => {
    const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })
    expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([])
  })

  it('the README gives the reason of every runtime dependency', () => {
    const text = readFileSync(join(root, 'README.md'), 'utf8')
    expect(Object.keys(manifest.dependencies).filter((name) => !new RegExp(`^- \`${name}\`: \\S`, 'm').test(text))).toEqual([])
  })
})

describe('the edge', () => {
  it('only cli.ts touches the process: streams, environment, clock and exit', () => {
    const isUsed = (file: string): boolean => /(?<![\w.$])process(\.|\[|\?\.)|from 'node:process'/.test(withoutComments(readSource(file)))
    expect(files.filter(isUsed)).toEqual(['cli.ts'])
  })

  it('nothing writes to the console', () => {
    expect(files.filter((file) => /\bconsole\./.test(readSource(file)))).toEqual([])
  })

  it('the package holds the program and what it needs, and nothing else', () => {
    const program = join(root, manifest.bin.cchc!)
    expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
    expect(() => accessSync(program, constants.X_OK)).not.toThrow()
    expect(manifest.files.filter((name) => !existsSync(join(root, name)))).toEqual([])
    expect(manifest.files).toEqual(expect.arrayContaining(['bin', 'dist', 'README.md', 'CHANGELOG.md', 'LICENSE']))
    const entries = Object.values(manifest.exports['.']!)
    expect(entries.filter((path) => !existsSync(join(root, path)))).toEqual([])
  })
})

/** The folder of src a file is in, or the name of a file beside the folders. */
function roomOf(path: string): string {
  return path.split('/')[0]!.replace(/\.(js|ts)$/, '')
}

function readSource(file: string): string {
  return readFileSync(join(source, file), 'utf8')
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '')
}

function importsOf(file: string): Import[] {
  const text = withoutComments(readSource(file))
  const declared = [...text.matchAll(/^\s*(?:import|export)\s+(type\s)?[^'"`;]*?from\s+'([^']+)'/gm)]
  const bare = [...text.matchAll(/^\s*import\s+'([^']+)'/gm)]
  const dynamic = [...text.matchAll(/\bimport\('([^']+)'\)/g)]
  return [
    ...declared.map(([, type, from]) => ({ file, from: from!, isTypeOnly: type !== undefined })),
    ...bare.map(([, from]) => ({ file, from: from!, isTypeOnly: false })),
    ...dynamic.map(([, from]) => ({ file, from: from!, isTypeOnly: false, isLate: true })),
  ]
}
