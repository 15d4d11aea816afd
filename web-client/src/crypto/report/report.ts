import { concat, utf8, zero, type Bytes, type Bytes16, type Bytes32, type Bytes65 } from '../bytes'
import { demand } from '../errors'
import { Reader, sized16, sized8, u16, u8 } from '../reader'
import { open, seal } from '../box'

/** "This does not feel right" (docs/formats.md §13): the lines that a visitor ticked, for two coordinators and nobody else. */
export interface Report {
  /** In which she reads the page, and would like an answer. */
  readonly language: string
  /** What an answer is sealed to; its private half never leaves her phone's memory. */
  readonly answerKey: Bytes65
  /** Who else spoke, by the names that she was shown. */
  readonly speakers: readonly string[]
  /** `from`: 0 = the visitor herself, else a speaker's place from 1. */
  readonly lines: readonly { readonly from: number; readonly text: string }[]
}

const INFO = utf8('naast/report/v1\0')
/** All reports have one length, so that it does not tell how much she ticked. */
const LENGTH = 8_000
const MOST_SPEAKERS = 8
/** A single line that is longer is cut by whoever reports it: one must always fit. */
export const LONGEST_LINE_BYTES = 6_000

const TAG = /^[a-z0-9-]{2,35}$/

const valid = ({ language, speakers, lines }: Report): boolean =>
  TAG.test(language) && speakers.length <= MOST_SPEAKERS && lines.length >= 1
  && speakers.every(alias => alias !== '' && utf8(alias).length <= 64)
  && lines.every(({ from, text }) => from <= speakers.length && text !== '' && utf8(text).length <= LONGEST_LINE_BYTES)

const content = ({ language, answerKey, speakers, lines }: Report): Bytes => concat(
  sized8(utf8(language)), answerKey, u8(speakers.length), ...speakers.map(alias => sized8(utf8(alias))),
  u16(lines.length), ...lines.flatMap(({ from, text }) => [u8(from), sized16(utf8(text))]),
)

/** How many bytes more than fit it has; 0 = it fits. */
export const tooMuch = (report: Report): number => Math.max(0, content(report).length - LENGTH)

/** Throws `misuse` for what does not fit. The bytes hold her words: seal them, and overwrite them after. */
export function encodeReport(report: Report): Bytes {
  const bytes = content(report)
  demand(valid(report) && bytes.length <= LENGTH, 'misuse')
  const padded = concat(bytes, new Uint8Array(LENGTH - bytes.length))
  zero(bytes)
  return padded
}

/** Throws `malformed` for anything that `encodeReport` would not have made. */
export function decodeReport(bytes: Uint8Array): Report {
  const r = new Reader(bytes)
  r.check(bytes.length === LENGTH)
  const [language, answerKey] = [r.text(r.sized8()), r.bytesOf(65)]
  const speakers = r.list(r.u8(), () => r.text(r.sized8()))
  const lines = r.list(r.u16(), () => ({ from: r.u8(), text: r.text(r.sized16()) }))
  r.check(r.rest().every(byte => byte === 0))
  const report = { language, answerKey, speakers, lines }
  r.check(valid(report))
  return report
}

/** What a box belongs to: one report, and one reader by the hash of her statement. */
export interface ReportBox { readonly report: Bytes16; readonly to: Bytes32 }
const belongs = ({ report, to }: ReportBox): Bytes => concat(report, to)

/** For one coordinator, by the HPKE key of her statement. */
export async function sealReport(report: Report, of: ReportBox, hpkeKey: Bytes65): Promise<Bytes> {
  const bytes = encodeReport(report)
  return seal(hpkeKey, bytes, INFO, belongs(of)).finally(() => zero(bytes))
}

/** By the private half (`saveKey` bytes). Throws `unreadable` for what was not sealed to it, for this report and this statement. */
export async function openReport(privateKey: Bytes, box: Bytes, of: ReportBox): Promise<Report> {
  const bytes = await open(privateKey, box, INFO, belongs(of))
  try {
    return decodeReport(bytes)
  } finally {
    zero(bytes)
  }
}
