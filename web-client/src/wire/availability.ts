import { bool, frame, language, list, nullable, type Of } from './read'
import { range } from './view'

/** `GET /availability`: is an expert there now, in which languages, and how long people waited lately (minutes). */
export const availability = frame('availability', { open: bool, languages: list(language), range: nullable(range) })
export type Availability = Of<typeof availability>
