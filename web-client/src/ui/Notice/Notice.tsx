import type { ComponentChildren } from 'preact'
import './notice.css'

interface Props {
  /** The word that marks a line no person typed (V30). */
  mark: string
  text: string
  lang: string
  /** It waits for an answer. */
  asks?: boolean
  children?: ComponentChildren
}

/** A line in the conversation that the page itself says; what it offers to tap stands below it. */
export function Notice({ mark, text, lang, asks, children }: Props) {
  return (
    <li class={asks ? 'notice asks' : 'notice'}>
      <small>{mark}</small>
      <p data-part="message" data-from="notice" lang={lang}>{text}</p>
      {children}
    </li>
  )
}
