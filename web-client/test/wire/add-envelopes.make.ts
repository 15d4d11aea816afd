import { test } from 'vitest'
import { concat, type Bytes } from '../../src/crypto/bytes'
import { decodeAddEnvelope } from '../../src/crypto/session/addEnvelope'
import { hire, joiningOf, organisationOfToday, payload, startVisitor } from '../support/conversation'
import { writeVectors } from '../support/wire'

// Makes add-envelopes.json anew: `npm run vectors`. A whole short conversation as the server sees it.

const with_ = (bytes: Bytes, at: number, ...values: number[]): Bytes => {
  const copy = concat(bytes)
  copy.set(values, at < 0 ? copy.length + at : at)
  return copy
}

function malformed(add: Bytes, message: Bytes) {
  const { commit, welcome } = decodeAddEnvelope(add)
  const welcomeAt = 1 + 4 + commit.length + 4
  return [
    ['version 2', with_(add, 0, 2)],
    ['one KEM ciphertext', with_(add, -1, 1)],
    ['a byte behind it', concat(add, Uint8Array.of(0))],
    ['cut short', add.slice(0, -1)],
    ['a commit that claims four gigabytes', with_(add, 1, 255, 255, 255, 255)],
    ['a Welcome that claims four gigabytes', with_(add, welcomeAt - 4, 255, 255, 255, 255)],
    ['a message where the commit should be', concat(Uint8Array.of(1, 0, 0, message.length >> 8, message.length & 255), message, add.slice(5 + commit.length))],
    ['a commit where the Welcome should be', concat(add.slice(0, 5 + commit.length), add.slice(1, 5 + commit.length), Uint8Array.of(0, 0))],
    ['a Welcome of suite 1', with_(add, welcomeAt + 5, 1)],
    ['a public message where the commit should be', with_(add, 5 + 3, 1)],
    ['nothing', new Uint8Array(0)],
    ['a bare commit', commit],
    ['a bare Welcome', welcome],
  ].map(([name, bytes]) => ({ name, bytes }))
}

test('add-envelopes.json', async () => {
  const organisation = await organisationOfToday()
  const { visitor } = await startVisitor(organisation)
  const staff = await hire(organisation)
  const joining = await joiningOf(staff)
  const staged = await visitor.stageAdd(joining.keyPackage, staff.proof)
  const expert = await joining.join(staged.envelope)
  await staged.confirm()
  const messages = await Promise.all(['x', 'x'.repeat(500), 'x'.repeat(3000)].map(async text => {
    const body = await visitor.seal(payload(text))
    return { size: body.length, epoch: 1, bytes: body }
  }))
  const update = await expert.stageUpdate()
  const { commit, welcome } = decodeAddEnvelope(staged.envelope)
  writeVectors('add-envelopes.json', {
    about: 'docs/formats.md 6. Bytes in hexadecimal. What one conversation sends: a key package, an add (epoch 0 to 1), messages and an update in epoch 1.',
    groupId: visitor.groupId, keyPackage: joining.keyPackage,
    add: { epoch: 0, bytes: staged.envelope, commit, welcome },
    messages, commit: { epoch: 1, bytes: update.envelope },
    malformed: malformed(staged.envelope, messages[0]?.bytes as Bytes),
  })
})
