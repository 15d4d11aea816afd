import { fromBase64Url, toBase64Url, type Bytes } from '../crypto/bytes'
import type { Id } from '../wire/read'
import type { Surroundings } from '../surroundings'

export const newId = ({ random }: Pick<Surroundings, 'random'>): Id => toBase64Url(random(16)) as Id
export const idBytes = (id: Id): Bytes => fromBase64Url(id)
export const idOf = (bytes: Uint8Array): Id => toBase64Url(bytes) as Id
