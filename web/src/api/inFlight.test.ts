import { expect, it } from 'vitest'
import { fewAtOnce } from './inFlight'

it('sends four at once, then one for each that ends, changes first', async () => {
  const sent: string[] = []
  const ends: (() => void)[] = []
  const send = fewAtOnce((request) => {
    sent.push(new URL(request.url).pathname)
    return new Promise((done) => ends.push(() => done(new Response())))
  })
  const all = ['a', 'b', 'c', 'd', 'e', 'f'].map((path) => send(new Request(`http://x.test/${path}`)))
  all.push(send(new Request('http://x.test/change', { method: 'POST' })))
  await Promise.resolve()
  expect(sent).toEqual(['/a', '/b', '/c', '/d'])

  for (let index = 0; index < 7; index++) {
    ends[index]!()
    await new Promise((resolve) => setTimeout(resolve))
  }
  await Promise.all(all)
  expect(sent).toEqual(['/a', '/b', '/c', '/d', '/change', '/e', '/f'])
})
