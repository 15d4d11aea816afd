import { mayRevoke } from '../may'
import { ledgerOf, type ConsoleProps } from '../view'
import { Ask } from './Ask'

/** One step, by one signer; asked first, for it cannot be undone. */
export function Revoke({ person, alias, signing, act, t }: ConsoleProps & { person: string; alias: string }) {
  const ledger = ledgerOf(signing)
  const me = signing?.reading?.me
  if (!ledger || !me) return null
  if (!mayRevoke(me, ledger)) return <span class="quiet">{t('console.revoke.not-yet')}</span>
  return (
    <Ask part="revoke" asking={signing?.asking?.what === 'revoke' && signing.asking.of === person} name={t('console.revoke')} question={t('console.revoke.ask', { alias })} yes={t('console.revoke.yes')} no={t('console.not')}
      disabled={signing?.busy ?? false} onAsk={() => act.ask({ what: 'revoke', of: person })} onNo={act.unask} onYes={() => act.revoke(person, alias)} />
  )
}
