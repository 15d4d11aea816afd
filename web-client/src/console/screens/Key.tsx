import { useRef } from 'preact/hooks'
import { PRIVATE } from '../../ui/Composer/Composer'
import { when, type ConsoleProps } from '../view'
import { Ask } from './Ask'

const SOON_SECONDS = 30 * 86_400

function Six({ words, part }: { words: readonly string[] | undefined; part: string }) {
  return <p class="six" data-part={part} translate={false}>{(words ?? []).join(' ')}</p>
}

/** Where the root's answer is pasted: the first, and each later one for the same key. */
function Paste({ signing, act, t, strong }: ConsoleProps & { strong: boolean }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    act.keepCertificate(field.current?.value ?? '')
  }
  const { unfit } = signing ?? {}
  return (
    <form class="stack" onSubmit={submit}>
      <label class="field"><span class="step">{t(strong ? 'console.key.certificate' : 'console.key.certificate.newer')}</span>
        <textarea ref={field} rows={4} data-part="certificate" {...PRIVATE} autoCapitalize="none" aria-invalid={unfit !== undefined} required /></label>
      {unfit && <p class="care" role="alert" data-part="unfit" data-state={unfit}>{t(`console.unfit.${unfit}`)}</p>}
      <button type="submit" class={strong ? 'first' : 'second'} data-part="certificate-keep" disabled={signing?.busy}>{t('console.key.keep')}</button>
    </form>
  )
}

/** Three steps with whoever keeps the root: a text, six spoken words, and what comes back. */
function Ceremony(props: ConsoleProps) {
  const { signing, view, t } = props
  return (
    <>
      <p>{t('console.key.asked')}</p>
      <h3>{t('console.key.request')}</h3>
      <p class="link" data-part="signer-request" translate={false}>{signing?.reading?.request?.text}</p>
      <h3>{t('console.key.words')}</h3>
      <Six words={view.spoken.request} part="signer-words" />
      <Paste {...props} strong />
    </>
  )
}

/** The first key: under which name? */
function Make({ signing, act, t }: ConsoleProps) {
  const field = useRef<HTMLInputElement>(null)
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    act.makeSigner(field.current?.value ?? '')
  }
  return (
    <form class="stack" onSubmit={submit}>
      <p>{t('console.key.none')}</p>
      <label class="field">{t('console.key.name')}<input ref={field} type="text" data-part="signer-name" {...PRIVATE} maxLength={50} required /></label>
      <button type="submit" class="first" data-part="signer-make" disabled={signing?.busy}>{t('console.key.make')}</button>
    </form>
  )
}

/** A newer certificate for this key, or a new key under the same name. */
function Later(props: ConsoleProps & { name: string }) {
  const { signing, act, t, name } = props
  return (
    <>
      <details><summary>{t('console.key.newer')}</summary><Paste {...props} strong={false} /></details>
      <Ask part="signer-make" asking={signing?.asking?.what === 'new-key'} name={t('console.key.new')} question={t('console.key.new.ask')} yes={t('console.key.new.yes')} no={t('console.not')}
        disabled={signing?.busy ?? false} onAsk={() => act.ask({ what: 'new-key', of: '' })} onNo={act.unask} onYes={() => act.makeSigner(name)} />
    </>
  )
}

function Signer(props: ConsoleProps) {
  const { signing, view, t } = props
  const me = signing?.reading?.me
  if (!me) return null
  if (me.kind === 'none') return <Make {...props} />
  const soon = me.kind === 'signer' && me.until - view.now < SOON_SECONDS
  return (
    <>
      <p class="quiet">{t('console.key.of', { name: me.mine.name })}</p>
      {me.kind === 'asked' && <Ceremony {...props} />}
      {me.kind === 'unknown' && <p class="care">{t('console.key.unknown')}</p>}
      {me.kind === 'over' && <p class="care">{t('console.key.over', { when: when(me.until, view.language) })}</p>}
      {me.kind === 'signer' && <p class={soon ? 'care' : ''}>{t(soon ? 'console.key.signer.soon' : 'console.key.signer', { when: when(me.until, view.language) })}</p>}
      {me.kind !== 'asked' && <Later {...props} name={me.mine.name} />}
    </>
  )
}

function Statement({ signing, view, t }: ConsoleProps) {
  const statement = signing?.reading?.statement
  if (!statement) return null
  return (
    <section class="card stack" aria-label={t('console.statement')}>
      <h2>{t('console.statement')}</h2>
      <p class={statement.state === 'refused' ? 'care' : ''} data-part="statement" data-state={statement.state}>{t(`console.statement.${statement.state}`)}</p>
      {statement.state === 'proposed' && <Six words={view.spoken.statement} part="statement-words" />}
    </section>
  )
}

/** My signer's key and my statement: what I read out to others stands here. */
export function Key(props: ConsoleProps) {
  const { signing, t } = props
  const me = signing?.reading?.me.kind
  return (
    <>
      <section class="card stack" aria-label={t('console.key')} data-part="signer" data-state={me}><h2>{t('console.key')}</h2><Signer {...props} /></section>
      <Statement {...props} />
    </>
  )
}
