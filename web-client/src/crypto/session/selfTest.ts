import { EMPTY, equal, utf8 } from '../bytes'
import { CryptoError, demand } from '../errors'
import { fromDer } from '../suite/der'
import { sign, verify } from '../suite/ecdsa'
import { hpkeOpen, hpkeSeal } from '../suite/hpke'
import { deriveKeyPair } from '../suite/kem'
import { generateKey, saveKey } from '../suite/keys'
import { toPoint } from '../suite/point'

async function refuses(work: () => unknown): Promise<boolean> {
  try {
    await work()
    return false
  } catch {
    return true
  }
}

async function signatures(): Promise<void> {
  const key = await generateKey('ECDSA')
  const message = utf8('naast')
  const signature = await sign(saveKey(key), message)
  demand(await verify(key.publicKey, message, signature) && !await verify(key.publicKey, utf8('naasT'), signature), 'unavailable')
  // A leading zero that DER does not allow: refused by our parser, whatever the engine thinks.
  const loose = Uint8Array.of(0x30, 0x07, 0x02, 0x02, 0x00, 0x01, 0x02, 0x01, 0x01)
  demand(fromDer(loose) === undefined, 'unavailable')
}

async function boxes(): Promise<void> {
  const key = await deriveKeyPair(utf8('naast self-test'))
  const { enc, ct } = await hpkeSeal(key.publicKey, utf8('beside'), EMPTY, EMPTY)
  demand(equal(await hpkeOpen(key, enc, ct, EMPTY, EMPTY), utf8('beside')), 'unavailable')
  const off = key.publicKey.slice()
  off[64] = (off[64] as number) ^ 1
  demand(await refuses(() => toPoint(off)) && await refuses(() => hpkeSeal(off, EMPTY, EMPTY, EMPTY)), 'unavailable')
}

/**
 * Does each thing once before anything is promised: an engine that lacks one, or takes a point that is not on the curve through our
 * own checks, must be told from one that can. Throws `unavailable`; then no encrypted conversation may be offered.
 */
export async function selfTest(): Promise<void> {
  try {
    await signatures()
    await boxes()
  } catch {
    throw new CryptoError('unavailable')
  }
}
