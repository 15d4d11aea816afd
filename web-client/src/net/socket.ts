import { parse, type Read } from '../wire/read'
import { write } from '../wire/write'
import type { OpenLine } from './line'

export type MakeSocket = (url: string) => WebSocket

/** Close codes of protocol.md §9 need no handling of their own: the frame before them said why. */
const NORMAL = 1000

/** A WebSocket (protocol.md §1): the greeting goes first, and the line is up when it has been answered by `greeted`. */
export const socketLine = <F extends { readonly t: string }>(make: MakeSocket, url: string, read: Read<F>, greeted: F['t']): OpenLine<F> => (greeting, events) => {
  const socket = make(url)
  let over = false
  const end = (): void => {
    if (over) return
    over = true
    events.down()
  }
  socket.onopen = () => socket.send(write(greeting))
  socket.onclose = end
  socket.onerror = end
  socket.onmessage = ({ data }: MessageEvent<unknown>) => {
    const frame = typeof data === 'string' && !over ? parse(data, read) : undefined
    // What this version does not know is passed over: everything true is in the view and the log.
    if (!frame) return
    events.frame(frame)
    if (frame.t === greeted && !over) events.up()
  }
  const send = (text: string): void => {
    if (socket.readyState === socket.OPEN) socket.send(text)
  }
  return {
    send: frame => send(write(frame)),
    sendLast: frames => frames.forEach(frame => send(write(frame))),
    close() {
      over = true
      socket.close(NORMAL)
    },
  }
}
