import { concat, utf8, zero, type Bytes, type Bytes16, type Bytes65 } from '../bytes'
import { demand } from '../errors'
import { Reader, sized16 } from '../reader'
import { open, seal } from '../box'
import { sign, verify } from '../suite/ecdsa'

/** A coordinator's answer to a report (docs/formats.md §13): sealed to the report's own key, signed with the key of her statement. */
const NAME = utf8('naast/report-answer/v1\0')
/** All answers have one length. */
const LENGTH = 4_096
export const LONGEST_ANSWER_BYTES = 4_000

const signed = (report: Bytes16, text: Bytes): Bytes => concat(NAME, report, text)
const fits = (text: Bytes): boolean => text.length >= 1 && text.length <= LONGEST_ANSWER_BYTES

/** Whether it can be an answer as it stands. */
export const isAnswer = (text: string): boolean => fits(utf8(text))

/** `signKey`: the private half of her statement's signature key. Throws `misuse` for a text that is no {@link isAnswer}. */
export async function sealAnswer(text: string, report: Bytes16, answerKey: Bytes65, signKey: Bytes): Promise<Bytes> {
  const said = utf8(text)
  demand(fits(said), 'misuse')
  const bytes = concat(sized16(said), sized16(await sign(signKey, signed(report, said))))
  const padded = concat(bytes, new Uint8Array(LENGTH - bytes.length))
  return seal(answerKey, padded, NAME, report).finally(() => zero(said, bytes, padded))
}

/**
 * By the private half of the answer key; `signatureKey` is that of the statement that answered, which the caller has checked.
 * Throws `unreadable` for another report's, `malformed` for what no coordinator's page makes, `refused-member` where she did not sign it.
 */
export async function openAnswer(privateKey: Bytes, box: Bytes, report: Bytes16, signatureKey: Bytes65): Promise<string> {
  const bytes = await open(privateKey, box, NAME, report)
  const r = new Reader(bytes)
  r.check(bytes.length === LENGTH)
  const [said, signature] = [r.sized16(), r.sized16()]
  r.check(fits(said) && r.rest().every(byte => byte === 0))
  demand(await verify(signatureKey, signed(report, said), signature), 'refused-member')
  return r.text(said)
}
