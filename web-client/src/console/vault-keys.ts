import { zero, type Bytes, type Bytes65 } from '../crypto/bytes'
import { sign } from '../crypto/suite/ecdsa'
import { generateKey, saveKey, type KeyPair } from '../crypto/suite/keys'
import type { MySigner, MyStatement, SeenRevoked, SeenRoster, SignerKeys } from './ports'

export interface KeptSigner { readonly key: KeyPair; readonly name: string; readonly certificate?: Bytes }
export interface KeptPapers { readonly signatureKey: { readonly signKey: Bytes; readonly publicKey: Bytes65 }; readonly box: KeyPair; readonly unsigned: Bytes; readonly signed?: Bytes }

/** What is used of an opened vault. It hands out copies, which are overwritten here after use, and keeps copies of what it is given. */
export interface KeyVault {
  signer(): KeptSigner | undefined
  saveSigner(signer: KeptSigner): Promise<void>
  /** `former`: those before these, which two had signed. */
  papers(role: 'coordinator' | 'former'): KeptPapers | undefined
  savePapers(papers: KeptPapers, role: 'coordinator'): Promise<void>
  seenRoster(): SeenRoster | undefined
  saveSeenRoster(roster: SeenRoster): Promise<void>
  seenRevoked(): readonly SeenRevoked[]
  saveSeenRevoked(more: readonly SeenRevoked[], now: number): Promise<void>
}

/** A request for a certificate, signed by its key; and what its six words are of (`crypto/statement/request.ts`). */
export interface RequestForms {
  make(privateKey: Bytes, key: Bytes65, name: string): Promise<Bytes>
  hash(of: { readonly key: Bytes65; readonly name: string }): Promise<Bytes>
}

export const forget = ({ signatureKey, box }: KeptPapers): void => zero(signatureKey.signKey, box.scalar)
const without = ({ unsigned, signed }: KeptPapers): MyStatement => ({ unsigned, ...(signed && { signed }) })

/** The console's keys in the vault: nothing but public halves and signatures leaves this object. */
export class VaultKeys implements SignerKeys {
  private newest: SeenRoster | undefined

  constructor(private readonly vault: KeyVault, private readonly forms: RequestForms) {}

  signer(): MySigner | undefined {
    const kept = this.vault.signer()
    if (!kept) return undefined
    zero(kept.key.scalar)
    return { key: kept.key.publicKey, name: kept.name, ...(kept.certificate && { certificate: kept.certificate }) }
  }

  async makeSigner(name: string): Promise<MySigner> {
    const key = await generateKey('ECDSA')
    try {
      await this.vault.saveSigner({ key, name })
    } finally {
      zero(key.scalar)
    }
    return { key: key.publicKey, name }
  }

  async keepCertificate(certificate: Bytes): Promise<void> {
    await this.withSigner(kept => this.vault.saveSigner({ ...kept, certificate }))
  }

  request() {
    return this.vault.signer() === undefined ? Promise.resolve(undefined) : this.withSigner(async ({ key, name }) => {
      const request = await withSaved(key, saved => this.forms.make(saved, key.publicKey, name))
      return { request, hash: await this.forms.hash({ key: key.publicKey, name }) }
    })
  }

  sign(bytes: Bytes): Promise<Bytes> { return this.withSigner(({ key }) => withSaved(key, saved => sign(saved, bytes))) }

  private async withSigner<T>(use: (kept: KeptSigner) => Promise<T>): Promise<T> {
    const kept = this.vault.signer()
    if (!kept) throw new Error('there is no signer')
    return use(kept).finally(() => zero(kept.key.scalar))
  }

  statement(): MyStatement | undefined {
    const papers = this.vault.papers('coordinator')
    if (papers) forget(papers)
    return papers && without(papers)
  }

  async makeStatement(unsigned: Parameters<SignerKeys['makeStatement']>[0]): Promise<MyStatement> {
    const [own, box] = [await generateKey('ECDSA'), await generateKey('ECDH')]
    const papers = { signatureKey: { publicKey: own.publicKey, signKey: saveKey(own) }, box, unsigned: unsigned({ signatureKey: own.publicKey, hpkeKey: box.publicKey }) }
    await this.vault.savePapers(papers, 'coordinator').finally(() => { forget(papers); zero(own.scalar) })
    return without(papers)
  }

  async keepStatement(signed: Bytes): Promise<void> {
    const papers = this.vault.papers('coordinator')
    if (papers) await this.vault.savePapers({ ...papers, signed }, 'coordinator').finally(() => forget(papers))
  }

  /** What is not in the vault yet counts as well. */
  seen(): SeenRoster | undefined {
    const [kept, { newest }] = [this.vault.seenRoster(), this]
    return kept && newest ? (newest.version > kept.version ? newest : kept) : kept ?? newest
  }
  async saw(roster: SeenRoster): Promise<void> {
    this.newest = roster
    await this.vault.saveSeenRoster(roster)
  }
  seenRevoked(): readonly SeenRevoked[] { return this.vault.seenRevoked() }
  sawRevoked(more: readonly SeenRevoked[], now: number): Promise<void> { return this.vault.saveSeenRevoked(more, now) }
}

const withSaved = async <T>(key: KeyPair, use: (saved: Bytes) => Promise<T>): Promise<T> => {
  const saved = saveKey(key)
  return use(saved).finally(() => zero(saved))
}
