import { beforeAll, describe, expect, it } from 'vitest'
import { organisationOfToday } from '../support/conversation'
import { useFastCrypto } from '../support/fast-crypto'
import type { Organisation } from '../support/organisation'
import { Schedule, type Outcome } from '../support/schedule'

/** `NAAST_SCHEDULES` runs more or fewer, `NAAST_SEED` one alone (a failure names its seed). */
const COUNT = Number(process.env['NAAST_SCHEDULES'] ?? 2_000)
const ALONE = process.env['NAAST_SEED']
const BATCH = 250
const STEPS = 28

let organisation: Organisation
beforeAll(async () => {
  useFastCrypto()
  organisation = await organisationOfToday()
})

const all = { reloads: 0, updates: 0, stale: 0 }

async function run(seed: number): Promise<void> {
  const outcome: Outcome = await new Schedule(organisation, seed).run(STEPS)
  all.reloads += outcome.reloads
  all.updates += outcome.updates
  all.stale += outcome.stale
  if (outcome.wrong.length > 0) expect.fail(`NAAST_SEED=${seed}\n${outcome.wrong.join('\n')}\n${outcome.steps.join('\n')}`)
}

const batches = ALONE === undefined ? Array.from({ length: Math.ceil(COUNT / BATCH) }, (_, i) => i * BATCH) : []

// seen failing: no deduplication by inner id; own counters not used up after a restore; a message dropped when its epoch is stale; a commit
// sent before it was saved.
describe('whatever the network, the server\'s order and the phone do', () => {
  it.each(batches)('nothing is lost, doubled or reordered: schedules from %i', { timeout: 900_000 }, async from => {
    for (let seed = from; seed < Math.min(from + BATCH, COUNT); seed++) await run(seed)
  })

  it.runIf(batches.length > 0)('the schedules did meet reloads, renewed leaves and stale epochs', () => {
    expect(Math.min(all.reloads, all.updates, all.stale)).toBeGreaterThan(COUNT / 20)
  })

  it.runIf(ALONE !== undefined)('one schedule alone', { timeout: 60_000 }, () => run(Number(ALONE)))
})
