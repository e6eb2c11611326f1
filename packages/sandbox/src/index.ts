export { createAcmeCrm } from './acme-crm/create-acme-crm.js'
export type { AcmeCrm } from './acme-crm/create-acme-crm.js'
export { listenAcmeCrm } from './acme-crm/listen-acme-crm.js'
export type { ListenAcmeCrmOptions, ListeningAcmeCrm } from './acme-crm/listen-acme-crm.js'
export { acmeCrm } from './acme-crm/facts.js'
export type { RecordType } from './acme-crm/facts.js'
export type { AcmeCrmOptions, OAuthClient, Person } from './acme-crm/options.js'
export type { RecordChange } from './acme-crm/records/record-store.js'
export type { Address, Company, Contact, Deal, LineItem } from './acme-crm/records/records.js'

export { fillCustomerDatabase } from './customer-database/fill-customer-database.js'
export type {
  CustomerDatabase,
  FillCustomerDatabaseOptions,
} from './customer-database/fill-customer-database.js'
export { changeCustomerDatabase } from './customer-database/change-customer-database.js'
export type {
  CustomerDatabaseChanged,
  CustomerDatabaseChanges,
} from './customer-database/change-customer-database.js'
export { customerTables } from './customer-database/tables.js'
export type { CustomerTable } from './customer-database/tables.js'
export type { RowCounts } from './customer-database/rows.js'
