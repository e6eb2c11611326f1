import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  build: {
    // Two pages: the app, and the small one a sign-in window returns to.
    rollupOptions: { input: { app: 'index.html', 'airbyte-return': 'airbyte-return.html' } },
  },
  // As they are installed: a deployer starts files of its own packages, which a bundle of them has not.
  ssr: { external: ['@opsai/server', '@opsai/server/environment'] },
  server: { proxy: { '/api': 'http://localhost:4400' } },
})
