export { language, text } from './language.svelte'
export type { Text } from './words'
