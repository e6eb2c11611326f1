/** A session of whoever is signed in at the host, by its cookie. */
export async function fetchSession(): Promise<{ token: string; expiresAt: string }> {
  const answer = await fetch('/session', { method: 'POST' })
  if (!answer.ok) throw new Error(`the host says ${answer.status}`)
  return (await answer.json()) as { token: string; expiresAt: string }
}
