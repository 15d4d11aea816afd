import { runnerImport, type Plugin } from 'vite'

/** Rendering to text needs no styles; Vite's own handling of them wants a whole build. */
export const withoutStyles: Plugin = {
  name: 'without-styles',
  enforce: 'pre',
  resolveId: id => (id.endsWith('.css') ? '\0no-style' : null),
  load: id => (id === '\0no-style' ? '' : null),
}

/**
 * Writes the landing into `visitor.html` at build time, from the very components that take it over in the browser: it paints
 * from the document and one small stylesheet, and works without any script.
 */
export function landing(): Plugin {
  return {
    name: 'landing',
    transformIndexHtml: {
      order: 'pre',
      async handler(html, { path }) {
        if (!path.endsWith('visitor.html')) return html
        const { module } = await runnerImport<typeof import('../src/visitor/static')>('./src/visitor/static.tsx', { plugins: [withoutStyles], logLevel: 'warn' })
        return html.replace('<!--landing-->', () => module.landingHtml())
          .replace('<!--without-script-->', () => `<noscript>${module.withoutScriptHtml()}</noscript>`)
      },
    },
  }
}
