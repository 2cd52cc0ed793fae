import type { components } from './schema'

type Schemas = components['schemas']

export type Account = Schemas['Account']
export type Address = Schemas['Address']
export type Attachment = Schemas['Attachment']
export type Mailbox = Schemas['Mailbox']
export type Message = Schemas['Message']
export type MessageRow = Schemas['MessageRow']
export type MessageFlag = MessageRow['flags'][number]
export type ServerAddress = Schemas['ServerAddress']
export type Submission = Schemas['Submission']
export type SubmissionAttachment = Schemas['SubmissionAttachment']
export type SubmissionRequest = Schemas['SubmissionRequest']
