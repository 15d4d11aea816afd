import { beforeAll, describe, expect, it } from 'vitest'
import { organisationOfToday } from './conversation'
import { useFastCrypto } from './fast-crypto'
import type { Organisation } from './organisation'
import { EVENTS, Schedule, noCounts } from './schedule'

/** `NAAST_SCHEDULES` runs more or fewer in all, `NAAST_SEED` one alone (a failure names its seed). */
const COUNT = Number(process.env['NAAST_SCHEDULES'] ?? 2_000)
const ALONE = process.env['NAAST_SEED']
const BATCH = 250
const STEPS = 24

/** The seeds of one of two test files, so that each of two cores has one. */
export function schedules(half: 0 | 1): void {
  let organisation: Organisation
  beforeAll(async () => {
    useFastCrypto()
    organisation = await organisationOfToday()
  })

  const all = noCounts()

  async function run(seed: number): Promise<void> {
    const { counts, wrong, steps } = await new Schedule(organisation, seed).run(STEPS)
    for (const event of EVENTS) all[event] += counts[event]
    if (wrong.length > 0) expect.fail(`NAAST_SEED=${seed}\n${wrong.join('\n')}\n${steps.join('\n')}`)
  }

  const seeds = Array.from({ length: COUNT }, (_, seed) => seed).filter(seed => seed % 2 === half)
  const batches = ALONE === undefined ? Array.from({ length: Math.ceil(seeds.length / BATCH) }, (_, i) => seeds.slice(i * BATCH, (i + 1) * BATCH)) : []

  // seen failing: no deduplication by inner id; own counters not used up after a restore; a message dropped when its epoch is stale.
  // That a commit leaves only after it was saved is seen in rules.test.ts: no schedule here falls between the two.
  describe('whatever the network, the server\'s order and the phone do', () => {
    it.each(batches.map(batch => [batch.length, batch[0] as number, batch] as const))(
      'nothing is lost, doubled or reordered: %i schedules from %i', { timeout: 900_000 }, async (_, __, batch) => {
        for (const seed of batch) await run(seed)
      })

    it.runIf(batches.length > 0)('the schedules met each kind of trouble, often', () => {
      process.stdout.write(`${seeds.length} schedules: ${EVENTS.map(event => `${all[event]} ${event}`).join(', ')}\n`)
      for (const event of EVENTS) expect([event, all[event] > seeds.length / 20]).toEqual([event, true])
    })

    it.runIf(ALONE !== undefined && Number(ALONE) % 2 === half)('one schedule alone', { timeout: 60_000 }, () => run(Number(ALONE)))
  })
}
