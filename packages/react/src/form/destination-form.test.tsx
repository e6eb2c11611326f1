import { screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { secretMask } from '../spec/cast.js'
import { expectAccessible } from '../test/a11y.js'
import { destinationSpec } from '../test/destination-spec.js'
import { render } from '../test/render.js'
import { ConnectorForm } from './connector-form.js'

test('a destination is set up with the form alone: no hub, no provider, no server', async () => {
  const onSubmit = vi.fn()
  const { user, container } = render(<ConnectorForm spec={destinationSpec} withName={false} onSubmit={onSubmit} />)
  expect(screen.queryByLabelText('Name')).not.toBeInTheDocument()
  expect(screen.getByRole('region', { name: 'Warehouse' })).toBeVisible()
  await user.type(screen.getByLabelText('Host'), 'lake.basalt.example')
  await user.type(screen.getByLabelText('Database'), 'dev')
  await user.type(screen.getByLabelText('User'), 'loader')
  await user.click(screen.getByRole('radio', { name: /A bucket/ }))
  await user.type(screen.getByLabelText('Bucket'), 'incoming')
  await expectAccessible(container)
  await user.click(screen.getByRole('button', { name: 'Connect' }))
  expect(onSubmit.mock.calls[0]?.[0]).toMatchObject({
    configuration: {
      host: 'lake.basalt.example',
      port: 5439,
      schema: 'public',
      staging: { method: 'bucket', bucket: 'incoming', purge: true },
    },
  })
})

test('a stored destination is edited with its secrets as they are', async () => {
  const onSubmit = vi.fn()
  const stored = {
    host: 'lake.basalt.example',
    port: 5439,
    database: 'dev',
    username: 'loader',
    password: secretMask,
    schema: 'public',
    staging: { method: 'bucket', bucket: 'incoming', access_key: secretMask, purge: false },
  }
  const { user } = render(
    <ConnectorForm spec={destinationSpec} name="Basalt" initialConfiguration={stored} onSubmit={onSubmit} />,
  )
  await user.clear(screen.getByLabelText('Bucket'))
  await user.type(screen.getByLabelText('Bucket'), 'landing')
  await user.click(screen.getByRole('button', { name: 'Connect' }))
  const { staging } = stored
  expect(onSubmit).toHaveBeenCalledWith({
    name: 'Basalt',
    configuration: { ...stored, staging: { ...staging, bucket: 'landing' } },
  })
})
