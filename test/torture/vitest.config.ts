import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['test/torture/torture.ts'],
    testTimeout: 0,
    hookTimeout: 0,
    bail: 1,
    reporters: ['dot'],
    disableConsoleIntercept: true,
  },
})
