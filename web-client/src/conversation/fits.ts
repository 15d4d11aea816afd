import { LONGEST_TEXT } from './limits'

/** 1 … 4,000 characters (UTF-16 units, as a text field counts them). */
export const fits = (text: string): boolean => text.length >= 1 && text.length <= LONGEST_TEXT
