import { api } from '../api/client'
import { take } from '../api/problem'
import type { Template } from '../api/types'
import type { Draft } from './draft.svelte'

export interface Filled {
  subject: string
  text: string
  html: string
  /** Names the template asks for and got nothing for. */
  missing: string[]
}

export async function templatesOf(accountId: string): Promise<Template[]> {
  return (await take(api.GET('/v1/accounts/{accountId}/templates', { params: { path: { accountId } } }))).items
}

/** What a template makes of what is known of the recipient and what was filled in. */
export async function filled({ subject, text, html }: Template, data: Record<string, string>, accountId: string): Promise<Filled> {
  const made = await take(api.POST('/v1/accounts/{accountId}/templates/preview', { params: { path: { accountId } }, body: { subject, text, html, data } }))
  return { subject: made.subject ?? '', text: made.text ?? '', html: made.html ?? '', missing: made.missing }
}

export async function saveTemplate(name: string, draft: Draft, html: string, accountId: string): Promise<void> {
  const body = { name, subject: draft.subject, text: draft.typed, ...(draft.rich && { html }) }
  await take(api.POST('/v1/accounts/{accountId}/templates', { params: { path: { accountId } }, body }))
}

export async function deleteTemplate(templateId: string, accountId: string): Promise<void> {
  await take(api.DELETE('/v1/accounts/{accountId}/templates/{templateId}', { params: { path: { accountId, templateId } } }))
}

/** What a draft tells about whom it is for, under the names templates usually have for it. */
export function knownData(draft: Draft): Record<string, string> {
  const first = draft.to[0]
  const name = first?.name ?? ''
  return first ? { email: first.address, address: first.address, ...(name && { name, firstName: name.split(' ')[0]!, first_name: name.split(' ')[0]! }) } : {}
}
