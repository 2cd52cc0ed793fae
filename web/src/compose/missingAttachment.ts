/** Words that promise a file, in every language of the webmail; whole words where the language has them. */
const words = new RegExp(
  [
    // English, German, French, Spanish: only whole words, with what they may end in
    String.raw`(?<!\p{L})(?:attach(?:ed|ing|ment|ments)?|enclosed|angehängt\p{L}*|anhang|anhänge|anbei|beigefügt\p{L}*|ci-joint\p{L}*|pièces? jointes?|joint en annexe|en annexe|adjunt[oa]s?|adjunt(?:o|amos|é|ado|ada)|archivos? adjuntos?)(?!\p{L})`,
    // Russian declines them
    String.raw`(?<!\p{L})(?:вложен\p{L}*|прикрепл\p{L}*|прилага\p{L}*|приложен\p{L}*)`,
    // Chinese puts no spaces between words; Arabic puts particles in front
    '附件|附上|随附|附檔',
    String.raw`(?:ال)?مرفق[\p{L}\p{M}]*|أرفقت?`,
  ].join('|'),
  'iu',
)

/** The word that promises a file, if there is one. */
export function promisedFile(text: string): string | undefined {
  // What others wrote above is not promised here.
  const own = text
    .split('\n')
    .filter((line) => !line.startsWith('>'))
    .join('\n')
  return words.exec(own)?.[0]
}
