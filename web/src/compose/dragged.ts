import type { Address } from '../api/types'

export type FieldName = 'to' | 'cc' | 'bcc'

/** The address under the pointer on its way from one field to another. */
export const dragged: { address: Address | undefined; from: FieldName } = { address: undefined, from: 'to' }
