// What tests of clients need besides Acme CRM itself: somebody who signs in there.
export { ada, answerAtAcmeCrm } from './acme-crm/testing/answer-at-acme-crm.js'
export { createBrowser, type Browser, type Seen } from './acme-crm/testing/browser.js'
