/** Who a line on the screen is from. `colleague`: at a desk, the other member of staff. `notice`: made by this client, never text from the wire. */
export type LineFrom = 'me' | 'visitor' | 'expert' | 'colleague' | 'notice'

export type SafetyAnswer = 'no' | 'maybe' | 'yes'
export type PhraseId = 'limits' | 'safety-question'

/** A key for the language files, with what the text needs. */
export type Notice =
  | { key: 'joined'; alias: string }
  | { key: 'other-expert'; alias: string }
  | { key: 'limits' }
  | { key: 'safety-question'; answer?: SafetyAnswer }
  /** When what disappears. */
  | { key: 'goes-when' }
  | { key: 'expert-lost' } | { key: 'expert-away' } | { key: 'expert-back' } | { key: 'expert-vanished' } | { key: 'expert-released' }
  | { key: 'left-quickly' } | { key: 'page-hidden' } | { key: 'page-visible' }
  /** No encrypted acknowledgement for 30 s while the other is connected; taken away when it comes. */
  | { key: 'not-arrived' }
  /** Something that was said is missing: the conversation has stopped. */
  | { key: 'tail-dropped' }
  /** Somebody could not follow: the same people go on under new keys. */
  | { key: 'new-group' }
  /** The lines after this one were written earlier, to another expert, and the visitor said she may read them. */
  | { key: 'earlier-shared' }
  /** A third one is in: who takes over, or looks along. */
  | { key: 'guest-in'; alias: string; for: 'transfer' | 'look' }
  | { key: 'guest-left'; alias: string }
  /** The visitor said no to her. */
  | { key: 'guest-declined'; alias: string }
  /** From now on this one talks with her. */
  | { key: 'handed-over'; alias: string }
  /** The visitor asked for another person. */
  | { key: 'another-asked' }

/**
 * Being sent / sent (the server has it) / received (encrypted acknowledgement) / failed, try again. V34
 * `held`: written to another expert, and never sent; it goes when the visitor says so. A desk's lines never are.
 */
export type LineState = 'sending' | 'sent' | 'received' | 'failed' | 'held'

export interface Line {
  /** Random and stable: the key of the screen's list, and what `retry` takes. */
  readonly id: string
  readonly from: LineFrom
  /** Who said it, where `from` is `expert` or `colleague`: another may be in by the time it is read. */
  readonly alias?: string
  /** This client's own clock, milliseconds: for order and a quiet time label only. */
  readonly at: number
  /** Lines of text, 1 … 4,000 characters. */
  readonly text?: string
  /** Where `from` is `notice`, and at the desk for an own phrase. */
  readonly notice?: Notice
  /** Own lines only. */
  readonly state?: LineState
  /** V30: no person typed it. */
  readonly automatic?: boolean
}
