import type { IncomingMessageCallback, ProposalWithSender } from './mls'

/** What a commit did to the group. */
export type Change = 'update' | 'add' | 'remove'

/**
 * Which commits a member follows (crypto.md 5): only the visitor, on leaf 0, adds or removes, one person at a time (never herself: RFC 9420 §12.2);
 * staff only renew their own keys. Everything else MLS knows (proposals on their own, external joins, pre-shared keys, extensions,
 * re-initialisation) is refused. What was accepted is told to `accepted`.
 */
export const policy = (accepted: (leaf: number, change: Change) => void): IncomingMessageCallback => incoming => {
  if (incoming.kind !== 'commit' || incoming.senderLeafIndex === undefined) return 'reject'
  const change = changeOf(incoming.proposals.map(p => p.proposal))
  if (!change || (change !== 'update' && incoming.senderLeafIndex !== 0)) return 'reject'
  accepted(incoming.senderLeafIndex, change)
  return 'accept'
}

function changeOf(proposals: ProposalWithSender['proposal'][]): Change | undefined {
  const [first, second] = proposals
  if (!first) return 'update'
  if (second) return undefined
  return first.proposalType === 'add' || first.proposalType === 'remove' ? first.proposalType : undefined
}
