/** The words of a language in the order of `nl.json` (scripts/words.ts). */
declare module '*.words' {
  const values: readonly (object | string | null)[]
  export default values
}
