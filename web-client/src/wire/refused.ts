import { frame, int, list, oneOf, refusedRequest, type Of, type Read } from './read'

const code = oneOf(
  'malformed', 'not-signed-in', 'not-allowed', 'unknown', 'not-now', 'stale-epoch', 'lease-lost', 'limit', 'closed',
  'too-large', 'too-fast', 'full', 'busy',
)

const withCode = frame('refused', { n: refusedRequest, code })
const withVersions = frame('refused', { n: refusedRequest, code: oneOf('unsupported-version'), versions: list(int(1)) })

export type Refused = Of<typeof withCode> | Of<typeof withVersions>
export type RefusalCode = Refused['code']

const full = (read: Of<typeof withVersions> | undefined) => (read && read.versions.length > 0 ? read : undefined)

/** Why a frame was not taken: one code for each cause (§9). */
export const refused: Read<Refused> = value => withCode(value) ?? full(withVersions(value))
