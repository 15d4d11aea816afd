import { VaultError, type DeskVault } from '../conversation/desk-vault'
import type { StaffVault } from '../staff/vault'

/** What the server does not take, and will not the next time: too much, or too many. `misuse`: more than fits into anything sealed. */
const FULL: readonly unknown[] = ['too-large', 'limit', 'misuse']

/** Three kinds of failure are all that a desk wants to know. */
async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    const { code } = error as { code?: string }
    throw new VaultError(code === 'lost' ? 'lost' : FULL.includes(code) ? 'full' : 'unreachable')
  }
}

/** A desk's part of its person's vault. Whoever looks along does it by the papers that her console has: of two statements as a coordinator only one is given to visitors. */
export const keptIn = (vault: StaffVault, role: Parameters<StaffVault['papers']>[0]): DeskVault => ({
  papers: () => vault.papers(role),
  savePapers: papers => told(vault.savePapers(papers, role)),
  talks: () => told(vault.talks()),
  save: (claim, state, lines) => told(vault.save(claim, state, lines)),
  drop: claim => told(vault.drop(claim)),
})
