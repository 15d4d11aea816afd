interface Props {
  from: 'me' | 'expert' | 'visitor' | 'colleague'
  who: string
  /** Whose words these are is shown: more than one speaks on that side. */
  named?: boolean
  text: string
  lang: string
  state?: 'sending' | 'sent' | 'received' | 'failed' | 'held' | undefined
  /** The state in words (V34), left out where a later line says the same. */
  words?: string | undefined
  retry?: { words: string; onClick: () => void } | undefined
}

// An icon never stands alone: the word is beside it.
const ICONS = { sending: '○', sent: '✓', received: '✓✓', failed: '↻', held: '○' }

/**
 * One line that a person typed: text only, never a link, its direction its own (V40). An own line is not announced again to
 * her who wrote it (V38): `aria-live="off"` on the item outweighs the log's. For outside tests (docs/testing.md) a held line is a failed one: nothing of it leaves unless she asks.
 */
export function Message({ from, who, named, text, lang, state, words, retry }: Props) {
  return (
    <li class={from === 'me' ? 'mine' : 'theirs'} {...(from === 'me' && { 'aria-live': 'off' as const })}>
      {named ? <small><bdi>{who}</bdi></small> : <span class="sr">{who}: </span>}
      <p class="msg" data-part="message" data-from={from} data-state={state === 'held' ? 'failed' : state}><bdi dir="auto" lang={lang}>{text}</bdi></p>
      {words && <p class="state">{state && <span aria-hidden="true">{ICONS[state]} </span>}{words}
        {retry && <button type="button" class="plain" onClick={retry.onClick}>{retry.words}</button>}</p>}
    </li>
  )
}
