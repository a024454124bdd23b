import { defineConfig } from 'rolldown'

// One file an entry, so that a report starts in a tenth of a second: the engine's binding alone is a hundred small files.
export default defineConfig({
  input: {
    cli: 'src/cli.ts',
    index: 'src/index.ts',
    build: 'src/build.ts',
    'reading/scan-worker': 'src/reading/scan-worker.ts',
    'messages/chosen': 'src/messages/chosen.ts',
  },
  platform: 'node',
  external: [/^@duckdb\/node-bindings/],
  output: { dir: 'dist', format: 'esm', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
})
