// A proxy made of MSW handlers, so that a host can test and show its embedded hub without a server.
export { createMswHandlers, type MswHandlersOptions } from './testing/create-msw-handlers.js'
export { type Scenario, scenarios } from './testing/scenario.js'
