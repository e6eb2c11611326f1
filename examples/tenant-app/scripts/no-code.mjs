// A webpack loader that leaves nothing of a module: see next.config.ts.
export default () => ''
