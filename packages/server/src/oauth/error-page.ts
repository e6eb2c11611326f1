// A browser that is led here shows pages, not JSON: errors are pages for whoever asks for HTML, and problems for
// everybody else.
import { ProblemError } from '../http/problem.js'
import { toProblem } from '../http/to-problem.js'
import type { Services } from '../services.js'
import { ownOrigin } from './addresses.js'
import { renderPage, toHostLink } from './page.js'

export async function asPage(services: Services, request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (!request.headers.get('accept')?.includes('text/html')) throw error
    const { problem } = toProblem(error, '')
    if (problem.status >= 500) services.log.error('a sign-in page failed', { error })
    const wayOn = error instanceof ProblemError ? error.facts.wayOn : undefined
    return renderPage({
      title: 'This did not work',
      text: [problem.displayMessage, problem.remedy, ...(wayOn ? [] : ['You can close this window.'])]
        .filter(Boolean)
        .join(' '),
      does: 'nothing',
      ...(wayOn && { link: toHostLink(wayOn) }),
      status: problem.status,
      secure: ownOrigin(services, request).startsWith('https:'),
    })
  }
}
