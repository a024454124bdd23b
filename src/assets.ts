const root = new URL('.', import.meta.url)

/** A file shipped beside the program, by its path under `src/`; the build keeps the same places under `dist/`. */
export function asset(path: string): URL {
  return new URL(path, root)
}
