import { fromBase64Url, zero, type Bytes, type Bytes32, type Bytes65 } from '../crypto/bytes'
import { openReport, sealAnswer, type Report } from '../crypto/report'
import { saveKey } from '../crypto/suite/keys'
import type { KeyVault, KeptPapers } from './vault-keys'

/** What reports ask of the opened vault: no private key ever comes out. */
export interface ReportKeys {
  /** Rejects for what was not sealed to my statement as coordinator. */
  open(box: Bytes, report: string, to: Bytes32): Promise<Report>
  /** Sealed to whoever reported, signed as me. */
  answer(text: string, report: string, answerKey: Bytes65): Promise<Bytes>
}

/** By the two keys of my statement as coordinator. Copies of them are overwritten after each use. */
export class VaultReportKeys implements ReportKeys {
  constructor(private readonly vault: Pick<KeyVault, 'papers'>) {}

  open(box: Bytes, report: string, to: Bytes32): Promise<Report> {
    return this.with(async ({ box: key }) => {
      const saved = saveKey(key)
      return openReport(saved, box, { report: fromBase64Url(report), to }).finally(() => zero(saved))
    })
  }

  answer(text: string, report: string, answerKey: Bytes65): Promise<Bytes> {
    return this.with(({ signatureKey }) => sealAnswer(text, fromBase64Url(report), answerKey, signatureKey.signKey))
  }

  private async with<T>(use: (papers: KeptPapers) => Promise<T>): Promise<T> {
    const papers = this.vault.papers('coordinator')
    if (!papers) throw new Error('there is no statement')
    return use(papers).finally(() => zero(papers.signatureKey.signKey, papers.box.scalar))
  }
}
