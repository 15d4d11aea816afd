// Which words get onto a list, and the rules it has to keep: both the maker and the tests ask here.
export const COUNT = 2048

/** Whether a word is blocked by one line's pattern: `word`, `word*`, `*word` or `*word*`. */
const pattern = text => new RegExp(`^${text.replace(/^\*/, '.*').replace(/\*$/, '.*')}$`)

/** @returns {(word: string) => boolean} of a file of patterns, blanks between them, `#` before what is only said */
export function blocker(text) {
  const all = text.split('\n').filter(line => !line.startsWith('#')).join(' ').split(/\s+/).filter(Boolean)
  const exact = new Set(all.filter(one => !one.includes('*')))
  const rest = all.filter(one => one.includes('*')).map(pattern)
  return word => exact.has(word) || rest.some(one => one.test(word))
}

export const start = word => word.slice(0, 4)

/**
 * The first 2,048 candidates of which no two begin with the same four letters and no two are heard alike.
 * @param candidates the best first
 * @param hearings   how each is heard, one for each way to say it
 */
export function pick(candidates, hearings) {
  const starts = new Set(), heard = new Set(), picked = []
  for (const word of candidates) {
    const own = hearings(word)
    if (picked.length === COUNT || starts.has(start(word)) || own.some(one => heard.has(one))) continue
    starts.add(start(word))
    own.forEach(one => heard.add(one))
    picked.push(word)
  }
  return picked.sort()
}
