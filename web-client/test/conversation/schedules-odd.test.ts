import { schedules } from '../support/schedules'

schedules(1)
