import type { DeskTranslate } from '../i18n/desk'
import { PRIVATE } from '../ui/Composer/Composer'
import type { StaffState } from './door'

export interface RecoveryActs {
  /** `typed`: the two words that are asked back. */
  wordsDone(typed?: readonly [string, string]): void
  wordsAgain(): void
}
type Words = Extract<StaffState, { kind: 'words' }>
interface Props { state: Pick<Words, 'language' | 'words' | 'asking' | 'busy' | 'problem'>; act: RecoveryActs; t: DeskTranslate }

function Shown({ state, act, t }: Props) {
  return (
    <>
      <h1 tabIndex={-1}>{t('desk.words')}</h1>
      <p>{t('desk.words.what')}</p>
      <p>{t('desk.words.how')}</p>
      <ol class="words" data-part="recovery-words" lang={state.language} translate={false}>
        {state.words.map(word => <li key={word}>{word}</li>)}
      </ol>
      <p class="quiet">{t('desk.words.nobody')}</p>
      <button type="button" class="first" data-part="recovery-done" disabled={state.busy} onClick={() => act.wordsDone()}>{t('desk.words.done')}</button>
    </>
  )
}

/** Two of them, typed: the paper is there, and can be read. */
function Asked({ state, act, t, asking }: Props & { asking: readonly [number, number] }) {
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    const [one, two] = [...(event.currentTarget as HTMLFormElement).querySelectorAll('input')].map(field => field.value)
    act.wordsDone([one ?? '', two ?? ''])
  }
  return (
    <form class="stack" onSubmit={submit}>
      <h1 tabIndex={-1}>{t('desk.words.ask')}</h1>
      <p>{t('desk.words.ask.how')}</p>
      {asking.map((place, i) => (
        <label key={place} class="field">{t('desk.words.one', { number: place + 1 })}
          <input type="text" lang={state.language} data-part={`recovery-word-${i + 1}`} required autocapitalize="none" {...PRIVATE} /></label>
      ))}
      <button type="submit" class="first" data-part="recovery-done" disabled={state.busy}>{t('desk.words.right')}</button>
      <button type="button" class="plain" data-part="recovery-again" disabled={state.busy} onClick={act.wordsAgain}>{t('desk.words.again')}</button>
    </form>
  )
}

/** The words of a new vault, or new ones for hers, once. */
export function Recovery(props: Props) {
  const { state: { asking, problem }, t } = props
  return (
    <>
      {asking ? <Asked {...props} asking={asking} /> : <Shown {...props} />}
      <p class="problem" role="status">{problem && t(problem === 'words' ? 'desk.words.wrong' : `desk.gate.${problem}`)}</p>
    </>
  )
}
