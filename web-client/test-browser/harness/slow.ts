import { connect, createServer, type Server, type Socket } from 'node:net'

/** A slow line: bits per second in each direction, shared by all connections, and the round trip in milliseconds. */
export interface Line { bitsPerSecond: number; roundTrip: number }

/**
 * A TCP relay that behaves like a slow phone network. A new connection costs one round trip before its first byte goes on (the
 * handshake that loopback does in no time); each byte takes half a round trip and waits for its turn on the line.
 */
export class SlowLine {
  private readonly sockets = new Set<Socket>()
  private readonly busyUntil = { up: 0, down: 0 }

  private constructor(private readonly server: Server, private readonly line: Line) {}

  static async start(port: number, target: number, line: Line): Promise<SlowLine> {
    const server = createServer({ pauseOnConnect: true })
    const slow = new SlowLine(server, line)
    server.on('connection', near => slow.join(near, target))
    await new Promise<void>(done => server.listen(port, '127.0.0.1', done))
    return slow
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy()
    await new Promise(done => this.server.close(done))
  }

  private join(near: Socket, target: number): void {
    const far = connect(target, '127.0.0.1')
    for (const socket of [near, far]) {
      this.sockets.add(socket)
      socket.setNoDelay(true).on('error', () => {}).on('close', () => { this.sockets.delete(socket); this.letGo(socket === near ? far : near) })
    }
    setTimeout(() => { this.carry(near, far, 'up'); this.carry(far, near, 'down') }, this.line.roundTrip)
  }

  /** What one side sent before it closed is still on its way to the other, and read as slowly as that one reads: it is ended, not cut. */
  private letGo(other: Socket): void {
    const left = Math.max(this.busyUntil.up, this.busyUntil.down) - Date.now()
    setTimeout(() => { if (!other.destroyed) other.end() }, Math.max(0, left) + this.line.roundTrip)
  }

  /** In pieces of one packet, so that connections share the line as they would. */
  private carry(from: Socket, to: Socket, direction: 'up' | 'down'): void {
    const packet = 1400
    // Two timers of nearly one moment may fire in either order: each sends what is first in line.
    const line: Buffer[] = []
    from.on('data', (data: Buffer) => {
      from.pause()
      let last = 0
      for (let at = 0; at < data.length; at += packet) {
        const piece = data.subarray(at, at + packet)
        const start = Math.max(Date.now(), this.busyUntil[direction])
        this.busyUntil[direction] = start + piece.length * 8000 / this.line.bitsPerSecond
        last = this.busyUntil[direction] - Date.now()
        line.push(piece)
        setTimeout(() => { const first = line.shift(); if (first && to.writable) to.write(first) }, last + this.line.roundTrip / 2)
      }
      setTimeout(() => from.resume(), last)
    })
    from.on('end', () => setTimeout(() => to.end(), this.busyUntil[direction] - Date.now() + this.line.roundTrip))
    from.resume()
  }
}
