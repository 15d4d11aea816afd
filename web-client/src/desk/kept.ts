import { VaultError, type DeskVault } from '../conversation/desk-vault'
import type { StaffVault } from '../staff/vault'

/** Two kinds of failure are all that a desk wants to know. */
async function told<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw new VaultError((error as { code?: string }).code === 'lost' ? 'lost' : 'unreachable')
  }
}

/** A desk's part of its person's vault. */
export const keptIn = (vault: StaffVault): DeskVault => ({
  papers: () => vault.papers(),
  savePapers: papers => told(vault.savePapers(papers)),
  talks: () => told(vault.talks()),
  save: (claim, state, lines) => told(vault.save(claim, state, lines)),
  drop: claim => told(vault.drop(claim)),
})
