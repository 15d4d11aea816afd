import { fromBase64Url, zero, type Bytes, type Bytes32, type Bytes65 } from '../crypto/bytes'
import { openReport, sealAnswer, type Report } from '../crypto/report'
import { saveKey } from '../crypto/suite/keys'
import { forget, type KeyVault, type KeptPapers } from './vault-keys'

/** What reports ask of the opened vault: no private key ever comes out. */
export interface ReportKeys {
  /** Rejects for what was not sealed to my statement as coordinator. */
  open(box: Bytes, report: string, to: Bytes32): Promise<Report>
  /** Sealed to whoever reported, signed as me. */
  answer(text: string, report: string, answerKey: Bytes65): Promise<Bytes>
}

/** By the two keys of my statement as coordinator, or of the one before it. Copies of them are overwritten after each use. */
export class VaultReportKeys implements ReportKeys {
  constructor(private readonly vault: Pick<KeyVault, 'papers'>) {}

  open(box: Bytes, report: string, to: Bytes32): Promise<Report> {
    const by = async ({ box: key }: KeptPapers): Promise<Report> => {
      const saved = saveKey(key)
      return openReport(saved, box, { report: fromBase64Url(report), to }).finally(() => zero(saved))
    }
    return this.with(this.vault.papers('coordinator'), by).catch(() => this.with(this.vault.papers('former'), by))
  }

  answer(text: string, report: string, answerKey: Bytes65): Promise<Bytes> {
    return this.with(this.signed(), ({ signatureKey }) => sealAnswer(text, fromBase64Url(report), answerKey, signatureKey.signKey))
  }

  /** Those that visitors are given: the newest that two signed. */
  private signed(): KeptPapers | undefined {
    const now = this.vault.papers('coordinator')
    const before = now && !now.signed ? this.vault.papers('former') : undefined
    if (now && before) forget(now)
    return before ?? now
  }

  private async with<T>(papers: KeptPapers | undefined, use: (papers: KeptPapers) => Promise<T>): Promise<T> {
    if (!papers) throw new Error('there is no statement')
    return use(papers).finally(() => forget(papers))
  }
}
