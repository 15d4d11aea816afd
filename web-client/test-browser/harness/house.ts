import { CHROMIUM, ChromiumPage, isHere } from './chromium'
import type { VisitorEngine } from './engines'
import type { Page } from './page'
import { Expert, Visitor } from './people'
import { Proxy } from './proxy'
import { missingServer, Server, type Own } from './server'

/** Why nobody can talk here, or undefined. The desk is always a Chromium: it alone has a virtual authenticator. */
export const missingHouse = (): string | undefined => missingServer() ?? (isHere(CHROMIUM) ? undefined : 'no Chromium')

/** The real server with a recording proxy before each of its two origins, and the people in it. */
export class House {
  private readonly pages: Page[] = []

  /** `at`: which ports the two proxies lead to; a story may lead them to another process. */
  private constructor(readonly server: Server, readonly street: Proxy, readonly office: Proxy, readonly at: { visitor: number; staff: number }) {}

  /** `street`: what visitors come through; `office`: what the staff does. `more`: of the server's environment. `own`: an organisation's own root, in place of trial keys. */
  static async open(more: NodeJS.ProcessEnv = {}, own?: Own): Promise<House> {
    const ports = { visitor: 0, staff: 0 }
    const street = await Proxy.start(0, () => ports.visitor)
    const office = await Proxy.start(0, () => ports.staff)
    const server = await Server.start({ visitor: `http://localhost:${street.port}`, staff: `http://localhost:${office.port}` }, more, own)
    Object.assign(ports, server.ports)
    return new House(server, street, office, ports)
  }

  /** The first person: administrator and expert, registered, not yet available. */
  async expert(): Promise<Expert> {
    const expert = await this.desk()
    await expert.register(this.server.invitation)
    return expert
  }

  /** A Chromium at the staff's origin in which nobody has signed in. */
  async desk(): Promise<Expert> { return new Expert(await this.chromium(), `${this.server.origins.staff}/desk`) }

  async visitor(engine?: VisitorEngine): Promise<Visitor> {
    const page = engine ? await this.keep(engine.open()) : await this.chromium()
    return new Visitor(page, this.server.origins.visitor)
  }

  chromium(): Promise<ChromiumPage> { return this.keep(ChromiumPage.open(CHROMIUM)) }

  /** What went wrong in any page that is open: console errors, uncaught exceptions, violations of the policy. */
  get problems(): string[] { return this.pages.flatMap(page => page.problems.map(problem => `${page.engine}: ${problem}`)) }

  async leave(page: Page): Promise<void> {
    this.pages.splice(this.pages.indexOf(page), 1)
    await page.close()
  }

  async close(): Promise<void> {
    for (const page of this.pages.splice(0)) await page.close()
    await this.server.close()
    await this.street.close()
    await this.office.close()
  }

  private async keep<P extends Page>(opening: Promise<P>): Promise<P> {
    const page = await opening
    this.pages.push(page)
    return page
  }
}
