/** What counts as a violation of a page's policy among its problems: our own line (page.ts) and what the engines write by themselves. */
const VIOLATIONS = /violation of the security policy|Content[- ]Security[- ]Policy|Trusted ?Types?\b|Permissions[- ]Policy/i
const pages = new Set<string[]>()

/** From now on a violation in this list of problems fails the test in which it came up. */
export function watched(problems: string[]): string[] {
  pages.add(problems)
  return problems
}

/** Takes the violations of all pages of this file out of their lists, and answers them. */
export function takeViolations(): string[] {
  return [...pages].flatMap(problems => {
    const found = problems.filter(problem => VIOLATIONS.test(problem))
    if (found.length) problems.splice(0, problems.length, ...problems.filter(problem => !found.includes(problem)))
    return found
  })
}
