// Whoever runs an engine may want to see its answers go by: a checker in tests, a recorder. Costs nothing unseen.
import { channel } from 'node:diagnostics_channel'

/** Name of the `node:diagnostics_channel`. Its messages are {@link AnnouncedAnswer}s. */
export const answerChannelName = 'opsai.engine.answer'

export interface AnnouncedAnswer {
  method: string
  url: string
  /** The subscriber's own copy. */
  response: Response
}

const answers = channel(answerChannelName)

/** `fetch`, with every answer told to those who subscribed. */
export function announceAnswers(fetch: (request: Request) => Response | Promise<Response>) {
  return (request: Request): Response | Promise<Response> => {
    if (!answers.hasSubscribers) return fetch(request)
    const { method, url } = request
    return Promise.resolve(fetch(request)).then((response) => {
      answers.publish({ method, url, response: response.clone() } satisfies AnnouncedAnswer)
      return response
    })
  }
}
