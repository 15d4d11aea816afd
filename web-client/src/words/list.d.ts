/** The words of one list, a blank between them (scripts/word-list.ts). */
declare module '*.list' {
  const words: string
  export default words
}
