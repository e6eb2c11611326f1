export { readTemplate, readTemplateFolder } from './read-template.js'
export { readTables } from './read-tables.js'
export { AppFolderError, writeApp } from './write-app.js'
export type { WrittenApp } from './write-app.js'
