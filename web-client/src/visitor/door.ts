/** What the screens know of a conversation: the types of its door, and nothing else of it. */
export type { Line, LineState, Notice, SafetyAnswer } from '../conversation/line'
export type { ReportDoor, VisitorState, VisitorTalk } from '../conversation/visitor-door'
