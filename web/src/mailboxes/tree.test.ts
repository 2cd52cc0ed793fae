import { expect, it } from 'vitest'
import type { Mailbox } from '../api/types'
import { buildTree, flatten, isBelow, splitHidden } from './tree'

const mailbox = (id: string, more: Partial<Mailbox> = {}): Mailbox =>
  ({ id, name: id, path: id, total: 0, unread: 0, subscribed: true, selectable: true, ...more })

it('puts roles first and sorts the rest by name with numbers in order', () => {
  const tree = buildTree([mailbox('p10'), mailbox('p9'), mailbox('t', { role: 'trash' }), mailbox('i', { role: 'inbox' })])
  expect(tree.map((node) => node.mailbox.id)).toEqual(['i', 't', 'p9', 'p10'])
})

it('nests children and lifts a mailbox with a role out of its parent', () => {
  const tree = buildTree([
    mailbox('inbox', { role: 'inbox' }),
    mailbox('sent', { role: 'sent', parentId: 'inbox' }),
    mailbox('work', { parentId: 'inbox' }),
    mailbox('q1', { parentId: 'work' }),
  ])
  expect(flatten(tree).map((line) => `${line.depth} ${line.mailbox.id}`)).toEqual(['0 inbox', '1 work', '2 q1', '0 sent'])
})

it('keeps a mailbox whose parent is unknown', () => {
  expect(buildTree([mailbox('orphan', { parentId: 'gone' })])).toHaveLength(1)
})

it('hides what nobody subscribed to, unless something below is shown or it has a purpose', () => {
  const all = [
    mailbox('inbox', { role: 'inbox', subscribed: false }),
    mailbox('work', { subscribed: false }),
    mailbox('q1', { parentId: 'work' }),
    mailbox('old', { subscribed: false }),
  ]
  expect(splitHidden(all).hidden.map((one) => one.id)).toEqual(['old'])
  expect(splitHidden(all.filter((one) => one.id !== 'q1')).hidden).toEqual([])
})

it('knows what is below a mailbox', () => {
  const [a, b, c] = [mailbox('a'), mailbox('b', { parentId: 'a' }), mailbox('c', { parentId: 'b' })]
  expect([isBelow(c, a, [a, b, c]), isBelow(a, a, [a, b, c]), isBelow(a, c, [a, b, c])]).toEqual([true, true, false])
})
