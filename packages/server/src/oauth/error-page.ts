// A popup shows pages, not JSON: errors are pages for whoever asks for HTML, and problems for everybody else.
import { toProblem } from '../http/to-problem.js'
import type { Services } from '../services.js'
import { ownOrigin } from './addresses.js'
import { renderPage } from './page.js'

export async function asPage(services: Services, request: Request, work: () => Promise<Response>): Promise<Response> {
  try {
    return await work()
  } catch (error) {
    if (!request.headers.get('accept')?.includes('text/html')) throw error
    const { problem } = toProblem(error, '')
    if (problem.status >= 500) services.log.error('a sign-in page failed', { error })
    return renderPage({
      title: 'This did not work',
      text: [problem.displayMessage, problem.remedy, 'You can close this window.'].filter(Boolean).join(' '),
      does: 'nothing',
      status: problem.status,
      secure: ownOrigin(services, request).startsWith('https:'),
    })
  }
}
