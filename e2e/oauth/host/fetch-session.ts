/**
 * A session of whoever is signed in here, by the host's cookie. A page in another site's frame has no cookies of its own:
 * there a ticket in its address says for whom it was embedded.
 */
export async function fetchSession(): Promise<{ token: string; expiresAt: string }> {
  const ticket = new URLSearchParams(location.search).get('ticket')
  const answer = await fetch(`/session${ticket ? `?ticket=${encodeURIComponent(ticket)}` : ''}`, { method: 'POST' })
  if (!answer.ok) throw new Error(`the host says ${answer.status}`)
  return (await answer.json()) as { token: string; expiresAt: string }
}
