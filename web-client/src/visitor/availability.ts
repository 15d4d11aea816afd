import { availability, type Availability as Told } from '../wire/availability'

/** What the landing knows of the experts: `silent` = the server did not answer, or not in words we know. */
export type Availability = { readonly kind: 'asking' } | { readonly kind: 'silent' } | ({ readonly kind: 'known' } & Pick<Told, 'open' | 'languages' | 'range'>)

/** Asks the server (V26). Sends nothing but the request itself: no cookie, no referrer, nothing kept. Never rejects. */
export async function askAvailability(get: typeof fetch): Promise<Availability> {
  try {
    const answer = await get('/availability', { cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer' })
    const told = answer.ok ? availability(await answer.json()) : undefined
    return told ? { kind: 'known', ...told } : { kind: 'silent' }
  } catch {
    return { kind: 'silent' }
  }
}
