import { useLayoutEffect, useRef } from 'preact/hooks'

interface Props {
  /** The name of the part, of both presses. */
  readonly part: string
  readonly asking: boolean
  readonly name: string
  /** What happens then, read before the second press. */
  readonly question: string
  readonly yes: string
  readonly no: string
  readonly disabled?: boolean
  readonly onAsk: () => void
  readonly onNo: () => void
  readonly onYes: () => void
}

function Question({ part, question, yes, no, disabled = false, onNo, onYes }: Props) {
  const least = useRef<HTMLButtonElement>(null)
  // The button that was pressed is gone: the keyboard goes on here, on what changes nothing.
  useLayoutEffect(() => { least.current?.focus() }, [])
  return (
    <div class="ends" role="group" aria-label={question}>
      <p role="status">{question}</p>
      <button ref={least} type="button" class="plain" onClick={onNo}>{no}</button>
      <button type="button" class="second" data-part={part} disabled={disabled} onClick={onYes}>{yes}</button>
    </div>
  )
}

/** Something that is asked first: the second press is on a part of the same name. */
export function Ask(props: Props) {
  const { part, asking, name, disabled = false, onAsk } = props
  if (asking) return <Question {...props} />
  return <button type="button" class="plain" data-part={part} disabled={disabled} onClick={onAsk}>{name}</button>
}
