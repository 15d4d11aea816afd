import { beforeEach, describe, expect, test } from 'vitest'
import { fromBase64Url, hex, toBase64Url, type Bytes } from '../../src/crypto/bytes'
import { encodeCertificate, encodeUnsignedStatement, Trust } from '../../src/crypto/statement'
import { ends } from '../../src/console/roster'
import { ConsoleWorld, type Coordinator } from '../support/console-world'
import { newKey } from '../support/organisation'
import { spokenWords } from '../support/signing-keys'

let world: ConsoleWorld
let anna: Coordinator
let bea: Coordinator

beforeEach(async () => { ({ world, anna, bea } = await ConsoleWorld.running()) })

const signings = (path: string): number => world.server.requests.filter(one => one.path === path).length

describe('the ceremony, from nobody to an expert who is believed', () => {
  test('two coordinators certify themselves, sign each other and an expert, and the roster: a visitor\'s client believes her', async () => {
    expect(anna.ledger.statements.map(one => one.person).sort()).toEqual(['anna', 'bea'])
    const sam = await world.expert('Sam')
    await world.signs(sam, anna, bea)
    await anna.signing.open()
    expect(anna.ledger.proposals).toEqual([])
    expect(anna.signing.state.reading?.next?.brings.map(one => one.person).sort()).toEqual(['anna', 'bea', 'sam'])
    await world.roster(anna, bea)
    const { roster, statements } = bea.ledger
    expect(roster).toMatchObject({ holds: true, roster: { version: 1 } })
    const trust = new Trust(world.organisation.root.publicKey, () => world.now * 1000)
    const signed = world.server.statements.find(one => one.person === 'sam')?.signed as Bytes
    expect(await trust.check({ statement: signed, roster: world.server.roster as Bytes, revocations: [] })).toMatchObject({ alias: 'Sam', role: 'expert' })
    expect(statements).toHaveLength(3)
  })

  test('her own statement is kept in the vault once two have signed it and the roster lists it', async () => {
    expect(anna.keys.statement()?.signed).toBeUndefined()
    await world.roster(anna, bea)
    await anna.signing.open()
    expect(anna.keys.statement()?.signed).toEqual(world.server.statements.find(one => one.person === 'anna')?.signed)
    expect(anna.signing.state.reading?.statement.state).toBe('signed')
  })

  test('the words are believed in the language that the other reads them in', async () => {
    const sam = await world.expert('Sam')
    await anna.signing.open()
    await anna.signing.sign(anna.proposal('sam').key, (await world.saysExpert(sam, 'en')).toUpperCase().replaceAll(' ', ', '))
    expect(anna.signing.state.wrong).toBeUndefined()
    expect(anna.proposal('sam').by).toHaveLength(1)
  })

  test('a roster that ends soon is made anew by two, in one press each, with all that it had', async () => {
    await world.roster(anna, bea)
    world.now += 5 * 86_400
    await anna.signing.open()
    expect(ends(anna.ledger, world.now).kind).toBe('soon')
    world.now += 86_400 + 1
    expect(ends(anna.ledger, world.now).kind).toBe('urgent')
    await world.roster(bea, anna)
    expect(ends(anna.ledger, world.now)).toEqual({ kind: 'fine', at: world.now + 7 * 86_400 })
    expect(anna.ledger.roster?.listed.size).toBe(2)
  })

  test('one that has ended is what the next one follows', async () => {
    await world.roster(anna, bea)
    world.now += 8 * 86_400
    await anna.signing.open()
    expect(ends(anna.ledger, world.now).kind).toBe('over')
    await world.roster(anna, bea)
    expect(bea.ledger.roster).toMatchObject({ holds: true, roster: { version: 2 } })
  })

  test('a revocation is one step by one of them, and the next roster leaves her out', async () => {
    const sam = await world.expert('Sam')
    await world.signs(sam, anna, bea)
    await world.roster(anna, bea)
    await bea.signing.open()
    const statement = world.server.statements.find(one => one.person === 'sam')?.signed as Bytes
    await bea.signing.revoke('sam', 'Sam')
    expect(bea.ledger.revoked.size).toBe(1)
    const trust = new Trust(world.organisation.root.publicKey, () => world.now * 1000)
    await expect(trust.check({ statement, roster: world.server.roster as Bytes, revocations: world.server.revocations })).rejects.toMatchObject({ code: 'refused-statement' })
    expect(bea.signing.state.reading?.next?.leaves).toMatchObject([{ why: 'revoked' }])
    await world.roster(anna, bea)
    expect(bea.ledger.roster?.listed.size).toBe(2)
  })
})

test('a certificate made anew for the same key takes the place of the one that ends, and what was signed under that still counts', async () => {
  await world.roster(anna, bea)
  const [key, name] = [anna.keys.signer()?.key as Bytes, 'Anna']
  const { certificate } = await world.organisation.certify(name, { publicKey: key, privateKey: new Uint8Array(0) }, world.now + 700 * 86_400)
  await anna.signing.keepCertificate(toBase64Url(encodeCertificate(certificate)))
  expect(anna.signing.state.reading?.me).toMatchObject({ kind: 'signer', until: world.now + 700 * 86_400 })
  expect(anna.signing.state.reading?.next).toMatchObject({ leaves: [], drops: [] })
  expect(anna.signing.state.reading?.next?.joins).toHaveLength(1)
  await world.roster(anna, bea)
  expect(bea.ledger.roster).toMatchObject({ holds: true, roster: { version: 2 } })
})

describe('the words differ', () => {
  // seen failing: Heard.words without the comparison of each word
  test('a wrong six-word answer signs nothing and asks the server for nothing', async () => {
    const sam = await world.expert('Sam')
    await anna.signing.open()
    const before = anna.keys.signed.length
    const words = (await world.saysExpert(sam)).split(' ')
    for (const said of [[...words.slice(0, 5), words[0]], words.slice(0, 5), [...words, words[0]], ['naast', ...words.slice(1)], []]) {
      await anna.signing.sign(anna.proposal('sam').key, said.join(' '))
      expect(anna.signing.state.wrong).toBe(anna.proposal('sam').key)
    }
    expect([anna.keys.signed.length, signings('signing/statement')]).toEqual([before, 4])
  })

  // seen failing: sign() of signing.ts without its question whether it was heard
  test('a server that swaps the keys of a proposal gets no signature with the words that the person reads out', async () => {
    const sam = await world.expert('Sam')
    const truth = await world.saysExpert(sam)
    await world.server.as('sam')('/api/statement', { body: JSON.stringify({ unsigned: toBase64Url(await swapped(world, sam.alias)) }) })
    await anna.signing.open()
    await anna.signing.sign(anna.proposal('sam').key, truth)
    expect(anna.signing.state.wrong).toBe(anna.proposal('sam').key)
    expect(anna.proposal('sam').by).toEqual([])
  })

  // seen failing: Heard.own() without comparing the bytes
  test('and without any words only what my own vault made', async () => {
    await world.expert('Sam')
    await anna.signing.open()
    await anna.signing.sign(anna.proposal('sam').key)
    expect(anna.signing.state.wrong).toBe(anna.proposal('sam').key)
  })

  test('refused, it is gone for the other signer too', async () => {
    await world.expert('Sam')
    await anna.signing.open()
    await anna.signing.refuse(anna.proposal('sam').key)
    await bea.signing.open()
    expect(bea.ledger.proposals).toEqual([])
  })
})

async function swapped(world: ConsoleWorld, alias: string): Promise<Bytes> {
  return encodeUnsignedStatement(await world.organisation.statement({ alias, languages: ['nl'], signatureKey: (await newKey()).publicKey, notBefore: world.now - 60 }))
}

describe('who may not sign', () => {
  // seen failing: whyNot() without its last three lines
  test('the same signer twice: the second press signs nothing', async () => {
    const sam = await world.expert('Sam')
    await world.signs(sam, anna)
    const [signed, asked] = [anna.keys.signed.length, signings('signing/statement')]
    await anna.signing.sign(anna.proposal('sam').key, await world.saysExpert(sam))
    expect([anna.keys.signed.length, signings('signing/statement')]).toEqual([signed, asked])
    expect(anna.ledger.statements.some(one => one.person === 'sam')).toBe(false)
  })

  // seen failing: whyNot() without the name's hash
  test('the same person with a second key: her name counts once', async () => {
    const sam = await world.expert('Sam')
    await world.signs(sam, anna)
    await world.enrol(anna)
    const signed = anna.keys.signed.length
    await anna.signing.sign(anna.proposal('sam').key, await world.saysExpert(sam))
    expect(anna.keys.signed.length).toBe(signed)
  })

  // seen failing: the date taken out of standing() and of signer() in ledger.ts
  test('an expired signer signs nothing, and is told so', async () => {
    const sam = await world.expert('Sam')
    world.now += 366 * 86_400
    await world.propose(sam)
    await anna.signing.open()
    expect(anna.signing.state.reading?.me.kind).toBe('over')
    const signed = anna.keys.signed.length
    await anna.signing.sign(anna.proposal('sam').key, await world.saysExpert(sam))
    await anna.signing.signRoster('next')
    expect(anna.keys.signed.length).toBe(signed)
  })

  test('nor one whom the root has not certified', async () => {
    const cleo = world.coordinator('Cleo')
    const sam = await world.expert('Sam')
    await cleo.signing.open()
    await cleo.signing.makeSigner('Cleo')
    const signed = cleo.keys.signed.length
    await cleo.signing.sign(cleo.proposal('sam').key, await world.saysExpert(sam))
    await cleo.signing.signRoster('next')
    await cleo.signing.revoke('anna', 'Anna')
    expect(cleo.keys.signed.length).toBe(signed)
  })

  // seen failing: fitting() without the line of each
  test.each(['form', 'root', 'key', 'over'] as const)('a pasted certificate that does not fit is said to be so and not kept: %s', async what => {
    const cleo = world.coordinator('Cleo')
    await cleo.signing.open()
    await cleo.signing.makeSigner('Cleo')
    const request = cleo.signing.state.reading?.request
    const words = await spokenWords.six('nl', request?.hash as Bytes)
    const pasted = {
      form: async () => 'AAAA', root: async () => (await ConsoleWorld.begin()).certify(request?.text as string, words),
      key: async () => toBase64Url(anna.keys.signer()?.certificate as Bytes), over: async () => world.certify(request?.text as string, words, -1),
    }
    await cleo.signing.keepCertificate(await pasted[what]())
    expect(cleo.signing.state.unfit).toBe(what)
    expect(cleo.keys.signer()?.certificate).toBeUndefined()
  })
})

/** Whether these bytes stand anywhere in a text: as they are encoded in it, or in hexadecimal. */
function holds(text: string, secret: Bytes): boolean {
  if (text.toLowerCase().includes(hex(secret))) return true
  return [...text.matchAll(/[\w+/-]{20,}={0,2}/g)].some(([encoded]) => {
    try {
      return hex(fromBase64Url(encoded.replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, ''))).includes(hex(secret))
    } catch {
      return false
    }
  })
}

// seen failing: the key behind each signature in VaultKeys.sign(), and behind the request in VaultKeys.request()
test('(5) no signing key ever appears in a request, in all of a ceremony, a roster and a revocation', async () => {
  const story = async (): Promise<void> => {
    const sam = await world.expert('Sam')
    await world.signs(sam, anna, bea)
    await world.roster(anna, bea)
    await anna.signing.revoke('sam', 'Sam')
    await world.roster(bea, anna)
  }
  const went = await story().then(() => 'to its end', () => 'not to its end')
  const secrets = [...anna.keys.kept.secrets, ...bea.keys.kept.secrets]
  expect(new Set(secrets.map(hex)).size).toBe(6)
  const said = world.server.requests.flatMap(({ path, body }) => [path, body]).concat(JSON.stringify([anna.signing.state, bea.signing.state], bytesAsText))
  expect(said.length).toBeGreaterThan(60)
  for (const secret of secrets) expect(said.filter(text => holds(text, secret))).toEqual([])
  expect(went).toBe('to its end')
  expect(holds(JSON.stringify({ deep: toBase64Url(new Uint8Array([1, ...secrets[0] as Bytes, 2])) }), secrets[0] as Bytes)).toBe(true)
})

const bytesAsText = (_: string, value: unknown): unknown => (value instanceof Uint8Array ? toBase64Url(value) : value instanceof Set ? [...value] : value)
