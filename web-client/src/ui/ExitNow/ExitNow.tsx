import './exit-now.css'

interface Props { to: string; words: string; onExit?: ((event: Event) => void) | undefined; shifts?: number }

/**
 * The way out (V16): an ordinary link, so that it works before the script and without it; the script only makes it better
 * (V17). `nofollow noreferrer`: the next site learns nothing (V12). It is the first thing the Tab key reaches (V22), and
 * `shifts` of its three dots are filled while Shift is pressed three times (V21).
 */
export function ExitNow({ to, words, onExit, shifts = 0 }: Props) {
  return (
    <a class="button exit" id="exit" data-part="exit" href={to} rel="nofollow noreferrer" draggable={false} onClick={onExit}>
      {words}
      {shifts > 0 && <span aria-hidden="true">{'●'.repeat(shifts) + '○'.repeat(3 - shifts)}</span>}
    </a>
  )
}
