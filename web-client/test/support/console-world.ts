import { fromBase64Url, random, sha256, toBase64Url, type Bytes } from '../../src/crypto/bytes'
import { encodeCertificate, encodeUnsignedStatement, readSignerRequest, signerRequestHash } from '../../src/crypto/statement'
import { ConsoleApi } from '../../src/console/api'
import type { Ledger, Proposal } from '../../src/console/ledger'
import { SigningDoor } from '../../src/console/signing'
import { TeamDoor } from '../../src/console/team'
import { StaffApi } from '../../src/staff/api'
import { FakeSigning, type FakePerson } from './fake-signing'
import { newKey, NOW, Organisation } from './organisation'
import { FakeVault, spokenWords, NotingKeys } from './signing-keys'

/** One coordinator's page, without its screens. */
export class Coordinator {
  readonly keys: NotingKeys
  readonly signing: SigningDoor
  readonly team: TeamDoor

  /** `vault`: of the same person, opened in another page. */
  constructor(readonly person: FakePerson, world: ConsoleWorld, vault = new FakeVault()) {
    this.keys = new NotingKeys(vault)
    const api = new ConsoleApi(new StaffApi(world.server.as(person.id), async () => undefined))
    this.signing = new SigningDoor({
      api, keys: this.keys, words: spokenWords, root: world.organisation.root.publicKey, clock: () => world.now * 1000, id: () => random(16),
      me: { alias: person.alias, organisation: 'Naast', languages: person.languages },
    })
    this.team = new TeamDoor(api)
  }

  get ledger(): Ledger {
    const { reading } = this.signing.state
    if (reading?.found.kind !== 'ledger') throw new Error(`no ledger: ${JSON.stringify(reading?.found)}`)
    return reading.found.ledger
  }

  /** The proposal of this person, as it stands on her screen. */
  proposal(person: string): Proposal {
    const found = this.ledger.proposals.find(one => one.person === person)
    if (!found) throw new Error(`no proposal of ${person}`)
    return found
  }
}

/** An organisation whose root is offline, its server, and its people. */
export class ConsoleWorld {
  now = NOW
  readonly server: FakeSigning
  /** What the experts' desks proposed, by person. */
  readonly desks = new Map<string, Bytes>()
  private constructor(readonly organisation: Organisation) {
    this.server = new FakeSigning(organisation, () => this.now)
  }

  static async begin(): Promise<ConsoleWorld> {
    return new ConsoleWorld(await Organisation.create([]))
  }

  coordinator(alias: string): Coordinator {
    return new Coordinator(this.server.join(alias.toLowerCase(), alias, 'coordinator'), this)
  }

  /** The ceremony at the root: who holds it compares the words that are read out, and writes a certificate. */
  async certify(request: string, readOut: readonly string[], seconds = 365 * 86_400): Promise<string> {
    const { key, name } = await readSignerRequest(fromBase64Url(request))
    if ((await spokenWords.six('nl', await signerRequestHash({ key, name }))).join() !== readOut.join()) throw new Error('the words differ')
    const { certificate } = await this.organisation.certify(name, { publicKey: key, privateKey: new Uint8Array(0) }, this.now + seconds)
    return toBase64Url(encodeCertificate(certificate))
  }

  /** A coordinator makes her key and has it certified. */
  async enrol(one: Coordinator, seconds?: number): Promise<void> {
    await one.signing.open()
    await one.signing.makeSigner(one.person.alias)
    const request = one.signing.state.reading?.request
    if (!request) throw new Error('no request')
    await one.signing.keepCertificate(await this.certify(request.text, await spokenWords.six('nl', request.hash), seconds))
  }

  /** An expert's desk makes keys and proposes a statement. */
  async expert(alias: string): Promise<FakePerson> {
    const person = this.server.join(alias.toLowerCase(), alias, 'expert')
    await this.propose(person)
    return person
  }
  async propose(person: FakePerson): Promise<void> {
    const unsigned = encodeUnsignedStatement(await this.organisation.statement({ alias: person.alias, languages: ['nl'], signatureKey: (await newKey()).publicKey, notBefore: this.now - 60, notAfter: this.now + 90 * 86_400 - 60 }))
    this.desks.set(person.id, unsigned)
    await this.server.as(person.id)('/api/statement', { body: JSON.stringify({ unsigned: toBase64Url(unsigned) }) })
  }

  /** What somebody reads out from her own page: the words of the bytes that she made herself. */
  async readOut(unsigned: Bytes | undefined, language: 'nl' | 'en' = 'nl'): Promise<string> {
    return (await spokenWords.six(language, await sha256(unsigned as Bytes))).join(' ')
  }
  saysExpert(person: FakePerson, language?: 'nl' | 'en'): Promise<string> { return this.readOut(this.desks.get(person.id), language) }
  saysCoordinator(one: Coordinator): Promise<string> { return this.readOut(one.keys.statement()?.unsigned) }

  /** Two certified coordinators, with their statements signed by both. */
  static async running(): Promise<{ world: ConsoleWorld; anna: Coordinator; bea: Coordinator }> {
    const world = await ConsoleWorld.begin()
    const [anna, bea] = [world.coordinator('Anna'), world.coordinator('Bea')]
    for (const one of [anna, bea]) await world.enrol(one)
    for (const [one, other] of [[anna, bea], [bea, anna]] as const) {
      await one.signing.open()
      await one.signing.sign(one.proposal(one.person.id).key)
      await one.signing.sign(one.proposal(other.person.id).key, await world.saysCoordinator(other))
    }
    await anna.signing.open()
    return { world, anna, bea }
  }

  /** Two words for a person, from both. */
  async signs(person: FakePerson, ...by: readonly Coordinator[]): Promise<void> {
    for (const one of by) {
      await one.signing.open()
      await one.signing.sign(one.proposal(person.id).key, await this.saysExpert(person))
    }
  }

  /** A roster, made by the first and co-signed by the second. */
  async roster(first: Coordinator, second: Coordinator): Promise<void> {
    await first.signing.open()
    await first.signing.signRoster('next')
    await second.signing.open()
    await second.signing.signRoster('draft')
    await first.signing.open()
  }
}
