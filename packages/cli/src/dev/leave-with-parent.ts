// Preloaded into every child (`node --import`): the channel to the parent closes when the parent dies, even by kill -9.
process.on('disconnect', () => process.exit(0))
process.channel?.unref()
