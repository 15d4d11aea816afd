/** Reports to coordinators, and their answers: forms, sealing, opening. Layouts: docs/formats.md §13. */
export { LONGEST_LINE_BYTES, decodeReport, encodeReport, openReport, sealReport, tooMuch, type Report, type ReportBox } from './report'
export { LONGEST_ANSWER_BYTES, isAnswer, openAnswer, sealAnswer } from './answer'
