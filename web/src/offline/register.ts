/** Has the page's own files kept for when there is no network. */
export function registerWorker(): void {
  if (import.meta.env.PROD && 'serviceWorker' in navigator) {
    const url = '/service-worker.js'
    // Under Trusted Types an address of a script needs a policy; this one knows a single address.
    const policy = (window as unknown as { trustedTypes?: Factory }).trustedTypes?.createPolicy('gateway-worker', { createScriptURL: () => url })
    void navigator.serviceWorker.register(policy?.createScriptURL(url) ?? url).catch(() => {})
  }
}

interface Factory {
  createPolicy(name: string, rules: { createScriptURL(url: string): string }): { createScriptURL(url: string): string }
}
