// How words sound, as far as rules can say it: for telling apart by voice, never shown. A *sound* is the same for words that are spoken the same; a *hearing* also for those that a bad line makes the same.

/** Dutch is written nearly as it is spoken: what is written in two ways for one sound becomes one. */
const DUTCH = [
  [/ij/g, 'E'], [/ei/g, 'E'], [/ou|au/g, 'O'], [/([EO])w/g, '$1'], [/sch$/, 's'], [/ch/g, 'g'], [/ph/g, 'f'], [/th/g, 't'], [/qu/g, 'kw'], [/x/g, 'ks'],
  [/c(?=[eiyE])/g, 's'], [/c/g, 'k'], [/oe/g, 'U'], [/ie|y/g, 'I'], [/i(?=[^aeiouyEOUI][aeiouyEOUI])/g, 'I'], [/ieuw|Iuw/g, 'Iw'], [/uw/g, 'w'], 
  [/dt$/, 't'], [/d$/, 't'], [/b$/, 'p'], [/v/g, 'f'], [/z/g, 's'], [/nk/g, 'ngk'], [/h(?=[^aeiouEOUIy])/g, ''],
]
const hard = (text, rules) => rules.reduce((so, [from, to]) => so.replace(from, to), text)

/** An open syllable says a, e, o, u as long as a double letter does elsewhere. */
const long = text => text.replace(/(aa|ee|oo|uu)/g, two => two[0].toUpperCase() === 'E' ? '3' : { a: '4', o: '0', u: '7' }[two[0]])

export const dutchSound = word => long(hard(word, DUTCH))
/** On a bad line p and b, t and d, m and n, f and w are one each, and how long a vowel is before the next (*mannen*, *manen*) is lost. */
export const dutchHearing = word => dutchSound(word).replace(/([bdfgklmnprst])\1/g, '$1').replace(/b/g, 'p').replace(/d/g, 't').replace(/m/g, 'n').replace(/w/g, 'f').replace(/h/g, '')

/** The same for the CMU dictionary's sounds. */
const ENGLISH = { B: 'P', D: 'T', G: 'K', V: 'F', TH: 'F', DH: 'F', Z: 'S', ZH: 'SH', JH: 'CH', N: 'M', NG: 'M', AO: 'AA', IH: 'EH', HH: '' }
export const englishHearing = sound => sound.split(' ').map(one => ENGLISH[one] ?? one).filter(Boolean).join(' ')
