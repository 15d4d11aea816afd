/** Which of the measured browsers this is (V13); all others are told that we do not know. */
export type Engine = 'chromium' | 'firefox' | 'other'

export function engineOf(agent: string): Engine {
  if (/FxiOS|CriOS|EdgiOS|SamsungBrowser|OPR\/|Opera/.test(agent)) return 'other'
  if (/Firefox\/\d/.test(agent)) return 'firefox'
  return /Chrom(e|ium)\/\d/.test(agent) ? 'chromium' : 'other'
}

/**
 * Whether the page was opened inside another app, which can watch what is typed (V68). Known marks only: a mark that is not
 * listed is taken for a browser.
 */
export const insideApp = (agent: string): boolean =>
  /Instagram|FBAN|FBAV|FB_IAB|musical_ly|BytedanceWebview|TikTok|Snapchat|\bwv\)/.test(agent)

/** Without these nothing can be locked or sent: the page says so before anything is typed (V70, V71). */
export function canTalk(window: { crypto?: { subtle?: unknown }; WebSocket?: unknown; fetch?: unknown; BigInt?: unknown }): boolean {
  return Boolean(window.crypto?.subtle && window.WebSocket && window.fetch && window.BigInt)
}
