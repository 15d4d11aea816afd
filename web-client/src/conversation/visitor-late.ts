/** What a visitor's page loads late (late.ts). */
export { afterwards, goesAt, readOn, wiped } from './visitor-end'
export { checkedGuest, doubtedGuest, entered, greetedGuest, handedOver, hold, onGuest, shownGuest, tappedGuest, tidy } from './visitor-guest'
