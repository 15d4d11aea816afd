/** What an organisation fills in. Facts come from the project's reference; nothing here is made up. */

/**
 * Where the exit leads (V23): weather, by public services, without anything personal on the page. Static HTML carries the
 * Dutch one. KNMI is the Dutch weather service, the other is the World Meteorological Organization's.
 */
export const WEATHER: Readonly<Record<string, string>> = {
  nl: 'https://www.knmi.nl/nederland-nu/weer',
  en: 'https://worldweather.wmo.int/en/home.html',
  ar: 'https://worldweather.wmo.int/ar/home.html',
}

export const weather = (language: string): string => WEATHER[language] ?? (WEATHER['nl'] as string)

export interface PhoneNumber { name: string; call: string; notes: readonly NumberNote[] }
export type NumberNote = 'home' | 'children' | 'sexual' | 'life' | 'trafficking' | 'always' | 'free' | 'office' | 'bill' | 'hours'

/** Seen at the sources that the page itself names; what is not certain is said not to be (`hours`). */
export const NUMBERS: readonly PhoneNumber[] = [
  { name: 'Veilig Thuis', call: '0800-2000', notes: ['home', 'free', 'always'] },
  { name: 'Kindertelefoon', call: '0800-0432', notes: ['children', 'free', 'hours'] },
  { name: 'Centrum Seksueel Geweld', call: '0800-0188', notes: ['sexual', 'free', 'always'] },
  { name: '113', call: '0800-0113', notes: ['life', 'free', 'always'] },
  { name: 'CoMensha', call: '033-448 11 86', notes: ['trafficking', 'office', 'bill'] },
]

/** How often the landing asks whether somebody is there, in milliseconds. */
export const ASK_AGAIN_MS = 60_000

/** When the rest of the page is asked for again, after it could not be had, in milliseconds. */
export const REST_AGAIN_MS = 10_000
