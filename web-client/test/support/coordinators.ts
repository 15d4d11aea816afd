import { fromBase64Url, sha256, type Bytes } from '../../src/crypto/bytes'
import { newBoxKey } from '../../src/crypto/box'
import { openReport, sealAnswer, type Report } from '../../src/crypto/report'
import { encodeUnsignedStatement, type Statement } from '../../src/crypto/statement'
import type { FakeReport } from './fake-reports'
import { DAY, newKey, type Organisation } from './organisation'

/** A coordinator with the keys of her statement, who reads what was sealed to her and answers it. */
export class Coordinator {
  private constructor(readonly statement: Statement, readonly signed: Bytes, readonly hash: Bytes, private readonly box: Bytes, private readonly key: Bytes) {}

  static async hire(organisation: Organisation, alias: string, part: Partial<Statement> = {}): Promise<Coordinator> {
    const [key, box, now] = [await newKey(), await newBoxKey(), Math.floor(Date.now() / 1000)]
    const statement = await organisation.statement({ role: 'coordinator', alias, signatureKey: key.publicKey, hpkeKey: box.publicKey, notBefore: now - DAY, notAfter: now + 30 * DAY, ...part })
    return new Coordinator(statement, await organisation.signStatement(statement), await sha256(encodeUnsignedStatement(statement)), box.privateKey, key.privateKey)
  }

  /** Throws where nothing in it is hers. */
  async read({ report, boxes }: FakeReport, to = this.hash): Promise<Report> {
    const mine = boxes.find(({ to: other }) => other.every((byte, i) => byte === to[i]))
    if (!mine) throw new Error('no box for her')
    return openReport(this.box, mine.box, { report: fromBase64Url(report), to })
  }

  async answer(text: string, report: FakeReport, { answerKey }: Report, id = report.report): Promise<{ statement: Bytes; box: Bytes }> {
    return { statement: this.signed, box: await sealAnswer(text, fromBase64Url(id), answerKey, this.key) }
  }
}
