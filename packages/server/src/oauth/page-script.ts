/** Of the sign-in pages: what it needs stands in the body's data attributes, so that nothing is written into a script. */
export const script = `
const { does, consent, flow, origin } = document.body.dataset
const text = document.getElementById('text')
const button = document.getElementById('button')

async function go() {
  button.hidden = true
  text.textContent = 'One moment…'
  try {
    const answer = await fetch(consent, { method: 'POST', headers: { accept: 'application/json' } })
    const body = await answer.json()
    if (answer.ok) return location.replace(body.consentUrl)
    show([body.displayMessage, body.remedy].filter(Boolean).join(' '))
  } catch {
    show('There is no connection. Try again in a moment.')
  }
}

function show(message) {
  text.textContent = message
  button.textContent = 'Try again'
  button.hidden = false
}

button.addEventListener('click', go)
if (does === 'go') go()
if (does === 'close') {
  const channel = new BroadcastChannel('aip:' + flow)
  channel.postMessage('wake')
  channel.close()
  if (origin && window.opener) window.opener.postMessage('wake', origin)
  window.close()
}
`
