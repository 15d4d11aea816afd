/**
 * Sets attributes as written. Preact sets a property where the element has one, and several of these are boolean there in
 * some engines: `autocorrect="off"` would become true, which is "on".
 */
export function write(element: Element | null, attributes: Readonly<Record<string, string>>): void {
  for (const name of Object.keys(attributes)) element?.setAttribute(name, attributes[name] as string)
}
