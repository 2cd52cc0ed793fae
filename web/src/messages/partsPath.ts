export function partsPath(accountId: string, messageId: string): string {
  return `/v1/accounts/${encodeURIComponent(accountId)}/messages/${encodeURIComponent(messageId)}/attachments/`
}

export function rawPath({ accountId, messageId }: { accountId: string; messageId: string }): string {
  return `/v1/accounts/${encodeURIComponent(accountId)}/messages/${encodeURIComponent(messageId)}/raw`
}

export function archivePath(accountId: string, messageId: string): string {
  return `/v1/accounts/${encodeURIComponent(accountId)}/messages/${encodeURIComponent(messageId)}/attachments.zip`
}
