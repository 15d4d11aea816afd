/**
 * Types only, for both pages' screens. The programs stand apart, so that the visitor's page never carries the desk's:
 * `conversation/visitor.ts` has `createVisitorTalk`, `conversation/desk.ts` has `createDesk`.
 */
export type { Line, LineFrom, LineState, Notice, PhraseId, SafetyAnswer } from './line'
export type { VisitorState, VisitorTalk } from './visitor-door'
export type { Desk, DeskState, DeskTalk } from './desk-door'
export type { Surroundings, Timers } from '../surroundings'
