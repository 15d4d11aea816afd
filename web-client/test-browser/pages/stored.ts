/** What a page has put into the browser's storages. Runs in the page: it may use nothing from outside. */
export async function stored() {
  const databases = typeof indexedDB.databases === 'function' ? (await indexedDB.databases()).length : 0
  const workers = navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0
  return { local: localStorage.length, session: sessionStorage.length, databases, caches: (await caches.keys()).length, cookies: document.cookie, workers,
    manifest: document.querySelector('link[rel=manifest]') === null ? 0 : 1 }
}
export const NOTHING = { local: 0, session: 0, databases: 0, caches: 0, cookies: '', workers: 0, manifest: 0 }
