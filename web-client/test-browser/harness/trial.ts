import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { concat, fromBase64Url, type Bytes } from '../../src/crypto/bytes'
import { readCertificate, signerHash } from '../../src/crypto/statement/certificate'
import { Reader } from '../../src/crypto/reader'
import { Organisation, type TestKey, type TestSigner } from '../../test/support/organisation'

const folder = join(import.meta.dirname, '../../../.trial')
const bytesOf = (text: string | undefined): Bytes => fromBase64Url(text ?? '')

function keyIn(file: string): TestKey {
  const { x, y, d } = createPrivateKey({ key: readFileSync(join(folder, file)), format: 'der', type: 'pkcs8' }).export({ format: 'jwk' })
  const publicKey = concat(Uint8Array.of(4), bytesOf(x), bytesOf(y))
  return { publicKey, privateKey: concat(publicKey, bytesOf(d)) }
}

async function signer(number: number): Promise<TestSigner> {
  const certificate = readCertificate(new Reader(readFileSync(join(folder, `signer-${number}.cert`)), 'refused-roster'))
  return { ...keyIn(`signer-${number}.key`), name: `trial signer ${number}`, certificate, hash: await signerHash(certificate) }
}

/** The organisation whose root is compiled into the pages of this checkout: what it signs is believed, so that what is refused is refused for one reason. */
export async function trialOrganisation(): Promise<Organisation> {
  return Organisation.of(keyIn('root.key'), [await signer(1), await signer(2)])
}
