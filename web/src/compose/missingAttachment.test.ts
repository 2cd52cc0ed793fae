import { expect, it } from 'vitest'
import { promisedFile } from './missingAttachment'

it.each([
  ['I have attached the report', 'attached'],
  ['See the attachment.', 'attachment'],
  ['Der Bericht ist angehängt.', 'angehängt'],
  ['Anbei der Bericht', 'Anbei'],
  ['Im Anhang findest du alles', 'Anhang'],
  ['Vous trouverez le rapport ci-joint', 'ci-joint'],
  ['Voir la pièce jointe', 'pièce jointe'],
  ['Te adjunto el informe', 'adjunto'],
  ['El archivo adjunto', 'archivo adjunto'],
  ['Отчёт во вложении', 'вложении'],
  ['Прикрепляю файл', 'Прикрепляю'],
  ['请查收附件', '附件'],
  ['تجد التقرير مرفقًا', 'مرفقًا'],
  ['الملف المرفق', 'المرفق'],
])('hears a promise in “%s”', (text, word) => {
  expect(promisedFile(text)).toBe(word)
})

it.each(['I am attacked by work', 'Der Zusammenhang ist klar', 'Nous sommes joints', 'Hello\n> see the attached file', ''])('hears none in “%s”', (text) => {
  expect(promisedFile(text)).toBeUndefined()
})
