import { test } from 'vitest'
import { random, utf8 } from '../../src/crypto/bytes'
import { newBoxKey } from '../../src/crypto/box'
import { encodeReport, sealAnswer, sealReport, type Report } from '../../src/crypto/report'
import { newKey } from '../support/organisation'
import { writeVectors } from '../support/wire'

// Makes reports.json anew: `npm run vectors`. Private keys are 65 bytes public ‖ 32 bytes scalar.

const good: Record<string, Omit<Report, 'answerKey'>> = {
  'one line of the other': { language: 'nl', speakers: ['Sam'], lines: [{ from: 1, text: 'Stuur mij een foto.' }] },
  'both, in Arabic': { language: 'ar', speakers: ['نور'], lines: [{ from: 1, text: 'أين تسكنين؟' }, { from: 0, text: 'لا أريد أن أقول ذلك 😀' }] },
  'two who spoke': { language: 'en', speakers: ['Sam', 'Noor'], lines: [{ from: 2, text: 'Hi' }, { from: 1, text: 'Tell nobody.' }, { from: 0, text: 'Why?' }] },
  'a line of the greatest length': { language: 'nl', speakers: [], lines: [{ from: 0, text: 'x'.repeat(6_000) }] },
}
const answers: Record<string, string> = { 'a short one': 'Goed dat je dit zegt.', 'one of the greatest length': 'x'.repeat(4_000), 'one in Arabic': 'شكرا لأنك أخبرتنا.' }

test('reports.json', async () => {
  const [coordinator, hers, signs] = [await newBoxKey(), await newBoxKey(), await newKey()]
  const of = { report: random(16), to: random(32) }
  const reports = await Promise.all(Object.entries(good).map(async ([name, part]) => {
    const report = { ...part, answerKey: hers.publicKey }
    const bytes = encodeReport(report)
    return { name, ...part, bytes: bytes.slice(0, bytes.length - bytes.slice().reverse().findIndex(byte => byte !== 0)), box: await sealReport(report, of, coordinator.publicKey) }
  }))
  writeVectors('reports.json', {
    about: 'docs/formats.md 13. Bytes in hexadecimal; those of a report without the zero bytes at their end. Private keys: public key, then scalar.',
    report: of.report, statement: of.to, coordinatorKey: coordinator.privateKey, answerKey: hers.privateKey, signatureKey: signs.publicKey,
    reports,
    answers: await Promise.all(Object.entries(answers).map(async ([name, text]) => ({ name, text: utf8(text), box: await sealAnswer(text, of.report, hers.publicKey, signs.privateKey) }))),
  })
})
