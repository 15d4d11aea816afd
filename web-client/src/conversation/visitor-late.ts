/** The rules that a visitor's page loads late (late.ts, ADR 0028). */
export { afterwards, goesAt, readOn, wiped } from './visitor-end'
export { checkedGuest, doubtedGuest, entered, greetedGuest, handedOver, hold, onGuest, shownGuest, tappedGuest, tidy } from './visitor-guest'
