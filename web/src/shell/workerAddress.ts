const ours = /^\/(service-worker\.js|assets\/pdf\.worker[\w.-]*\.mjs)$/

interface Policy {
  createScriptURL(url: string): string
}

let policy: Policy | undefined

/** Under Trusted Types the address of a script needs a policy; this one knows the workers that are ours, and nothing else. */
export function workerAddress(url: string): string {
  const types = (window as unknown as { trustedTypes?: { createPolicy(name: string, rules: Policy): Policy } }).trustedTypes
  policy ??= types?.createPolicy('gateway-worker', {
    createScriptURL(asked) {
      if (!ours.test(asked) && !import.meta.env.DEV) {
        throw new TypeError('Not a worker of this page.')
      }
      return asked
    },
  })
  return policy?.createScriptURL(url) ?? url
}
