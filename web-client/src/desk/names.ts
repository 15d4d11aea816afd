import type { DeskTalk } from '../conversation'

const COLOURS = ['blue', 'brown', 'green', 'purple'] as const
const ANIMALS = ['heron', 'otter', 'owl', 'fox', 'swan', 'hare', 'badger', 'thrush', 'seal', 'squirrel', 'beaver', 'jay'] as const
export interface Name { readonly colour: typeof COLOURS[number]; readonly animal: typeof ANIMALS[number] }
export type Names = Readonly<Record<string, Name>>

const free = <T>(all: readonly T[], taken: readonly T[], from: number): T => {
  const turned = [...all.slice(from % all.length), ...all.slice(0, from % all.length)]
  return turned.find(one => !taken.includes(one)) ?? (turned[0] as T)
}

/**
 * D7: a colour and an animal for each conversation on the desk, kept as long as it is there; no two have the same colour or
 * the same animal. `count`: how many were named before, so that the next one is not called like the one who just left.
 */
export function nameTalks(names: Names, talks: readonly Pick<DeskTalk, 'id'>[], count: number): Names {
  const kept: Record<string, Name> = {}
  for (const { id } of talks) { const name = names[id]; if (name) kept[id] = name }
  let next = count
  for (const { id } of talks) {
    if (kept[id]) continue
    const taken = Object.values(kept)
    kept[id] = { colour: free(COLOURS, taken.map(name => name.colour), next), animal: free(ANIMALS, taken.map(name => name.animal), next) }
    next += 1
  }
  return kept
}
