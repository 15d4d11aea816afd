import type { ComponentChildren } from 'preact'
import './notice.css'

interface Props {
  /** The word that marks a line no person typed (V30). */
  mark: string
  text: string
  lang: string
  children?: ComponentChildren
}

/** A line in the conversation that the page itself says; what it offers to tap stands below it. */
export function Notice({ mark, text, lang, children }: Props) {
  return (
    <li class="notice">
      <small>{mark}</small>
      <p data-part="message" data-from="notice" lang={lang}>{text}</p>
      {children}
    </li>
  )
}
