import { Hono } from 'hono'
import * as z from 'zod'
import type { Tag } from '../../store/tags.js'
import { parseBody, parseId, parseIds, Uuid } from '../parse.js'
import { Problem, unknownId } from '../problem.js'
import { findWorkspace, type Services } from '../services.js'

const Look = z.looseObject({ name: z.string().trim().min(1), color: z.string() })
const Create = Look.extend({ workspaceId: Uuid })

/** Airbyte's limits. */
const longestName = 30
const mostTags = 100

/** Tags: labels for the connections of one workspace. Their names are unique there. */
export function tagRoutes(services: Services) {
  const { tags } = services

  return new Hono()
    .get('/', async (c) => c.json({ data: await tags.list(parseIds(c, 'workspaceIds')) }))
    .post('/', async (c) => {
      const body = await parseBody(c, Create)
      const { workspaceId } = await findWorkspace(services, body.workspaceId)
      const look = toLook(body)
      if ((await tags.count(workspaceId)) >= mostTags) throw new Problem('tag-limit')
      const tag = await tags.create({ workspaceId, ...look })
      if (!tag) throw new Problem('tag-exists')
      return c.json(tag)
    })
    .get('/:tagId', async (c) => {
      const tag = await tags.get(parseId(c, 'tagId'))
      if (!tag) throw unknownId('tag')
      return c.json(tag)
    })
    .patch('/:tagId', async (c) => {
      const tag = await tags.update(parseId(c, 'tagId'), toLook(await parseBody(c, Look)))
      if (tag === 'taken') throw new Problem('tag-exists')
      if (!tag) throw unknownId('tag')
      return c.json(tag)
    })
    .delete('/:tagId', async (c) => {
      if (!(await tags.delete(parseId(c, 'tagId')))) throw unknownId('tag')
      return c.body(null, 204)
    })
}

function toLook({ name, color }: z.infer<typeof Look>): Pick<Tag, 'name' | 'color'> {
  if (!/^[0-9A-Fa-f]{6}$/.test(color)) throw new Problem('tag-color', 'A color is six hexadecimal digits, without #.')
  if (name.length > longestName) throw new Problem('tag-name')
  return { name, color }
}
