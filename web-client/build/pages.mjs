// npm run build: each page is a build of its own, so that the visitor's page is one script, cannot share a chunk with the
// desk's (a request more, and words of staff in it), and cannot contain a line of staff code.
import { build } from 'vite'

const pages = ['visitor', 'desk']
for (const page of pages) {
  await build({ build: { emptyOutDir: page === pages[0], rolldownOptions: { input: { [page]: `${page}.html` } } } })
}
