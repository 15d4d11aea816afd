import { beforeAll, describe, expect, it } from 'vitest'
import { organisationOfToday } from '../support/conversation'
import { useFastCrypto } from '../support/fast-crypto'
import type { Organisation } from '../support/organisation'
import { ACTS, Script, noCounts } from '../support/script'

/** `NAAST_SCRIPTS` runs more or fewer, `NAAST_SCRIPT` one alone (a failure names its seed). */
const COUNT = Number(process.env['NAAST_SCRIPTS'] ?? 30)
const ALONE = process.env['NAAST_SCRIPT']
const STEPS = 120
const seeds = ALONE === undefined ? Array.from({ length: COUNT }, (_, seed) => seed) : [Number(ALONE)]

let organisation: Organisation
beforeAll(async () => {
  useFastCrypto()
  organisation = await organisationOfToday()
})

describe('up to three members, whoever joins, leaves, takes over, renews her keys or loses her line', () => {
  const all = noCounts()
  it.each(seeds)('have the same transcripts: script %i', { timeout: 120_000 }, async seed => {
    const script = new Script(organisation, seed)
    const wrong = await script.run(STEPS)
    for (const act of ACTS) all[act] += script.counts[act]
    if (wrong.length > 0) expect.fail(`NAAST_SCRIPT=${seed}\n${wrong.join('\n')}\n${script.steps.join('\n')}`)
  })

  it.runIf(ALONE === undefined)('and the scripts met each of these', () => {
    process.stdout.write(`${seeds.length} scripts: ${ACTS.map(act => `${all[act]} ${act}`).join(', ')}\n`)
    for (const act of ACTS) expect([act, all[act] > 0]).toEqual([act, true])
  })
})
