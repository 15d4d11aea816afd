import type { DeskVault, KeptTalk, Papers } from '../../src/conversation/desk-vault'
import type { Id } from '../../src/wire/read'

const copyOf = ({ signatureKey: { publicKey, signKey }, box, unsigned, signed }: Papers): Papers => ({
  signatureKey: { publicKey: publicKey.slice(), signKey: signKey.slice() }, box: { publicKey: box.publicKey.slice(), scalar: box.scalar.slice() },
  unsigned: unsigned.slice(), ...(signed && { signed: signed.slice() }),
})

/** Gone with the page: where a test is about something else than the vault. */
export function memoryVault(): DeskVault {
  let papers: Papers | undefined
  const kept = new Map<Id, KeptTalk>()
  return {
    papers: () => papers && copyOf(papers),
    async savePapers(next) { papers = copyOf(next) },
    talks: async () => [...kept.values()].map(({ claim, state, lines }) => ({ claim, state: state.slice(), lines: lines.map(line => line.slice()) })),
    async save(claim, state, lines) {
      kept.set(claim, { claim, state: state.slice(), lines: [...kept.get(claim)?.lines ?? [], ...lines.map(line => line.slice())] })
    },
    async drop(claim) { kept.delete(claim) },
  }
}
