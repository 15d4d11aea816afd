/** What people write in the stories: one of each kind of text, again and again, each line unlike every other. */
const KINDS: readonly ((i: number) => string)[] = [
  i => `Eén, twee, ${i}: ik heb geën idee, coördinatie, façade, naïef, überhaupt – œuvre ‘zo’`,
  i => `مرحبا، هل يمكنني التحدث معك؟ ${i} شكرًا جزيلًا`,
  i => `🐢 ${i} 👩🏽‍👧‍👦 ❤️‍🔥 🏳️‍🌈 👍🏿 ☔️`,
  i => `<img src=x onerror="alert(${i})"><b>niet vet</b> &amp; &lt;/p&gt; <script>fout()</script>`,
  i => `regel ${i}`,
  i => `met een link https://voorbeeld.example/?a=${i}&b="c" en een 'aanhaling' \\ "zo"`,
]
/** 4,000 UTF-16 units, the most there can be (V36): in the alphabets that take one, two and four bytes each. */
const long = (i: number): string => `${i} ${['lang ', 'طويل ', '🐢 '][i % 3]?.repeat(2000)}`.slice(0, 3998).trimEnd().replace(/[\ud800-\udbff]$/, '').padEnd(4000, '.')

/** `count` lines; every 25th is as long as a line may be. */
export const messages = (who: string, count: number): string[] =>
  Array.from({ length: count }, (_, i) => i % 25 === 24 ? long(i) : `${KINDS[i % KINDS.length]?.(i)} ${who}`)
