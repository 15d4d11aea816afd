import type { PhraseId } from '../conversation'

export interface Phase {
  readonly id: string
  readonly name: string
  readonly aim: string
  readonly say: readonly string[]
  readonly do: readonly string[]
  readonly dont: readonly string[]
}
export interface SafetyStep { readonly id: string; readonly text: string; readonly phrase?: PhraseId }
/** The BUM panel in one language (protocol §11, GUIDE). */
export interface Guide { readonly phases: readonly Phase[]; readonly safety: readonly SafetyStep[]; readonly leftQuickly: readonly string[] }
export type Guides = Readonly<Record<string, Guide>>

const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(one => typeof one === 'string')
const fields = (value: unknown): Record<string, unknown> => (typeof value === 'object' && value !== null ? value as Record<string, unknown> : {})

const isPhase = (value: unknown): value is Phase => {
  const { id, name, aim, say, do: dos, dont } = fields(value)
  return [id, name, aim].every(text => typeof text === 'string') && [say, dos, dont].every(isTexts)
}
const isStep = (value: unknown): value is SafetyStep => {
  const { id, text, phrase } = fields(value)
  return typeof id === 'string' && typeof text === 'string' && [undefined, 'limits', 'safety-question'].includes(phrase as undefined)
}
const isGuide = (value: unknown): value is Guide => {
  const { phases, safety, leftQuickly } = fields(value)
  return Array.isArray(phases) && phases.every(isPhase) && Array.isArray(safety) && safety.every(isStep) && isTexts(leftQuickly)
}

/** Undefined when the file is not of the form: the panel then says that it is not there. */
export function readGuides(answer: unknown): Guides | undefined {
  const languages = fields(fields(answer)['languages'])
  return Object.keys(languages).length > 0 && Object.values(languages).every(isGuide) ? languages as Guides : undefined
}
