import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [react()],
  build: {
    // Two pages: the app, and the small one a sign-in window returns to.
    rollupOptions: { input: { app: 'index.html', 'airbyte-return': 'airbyte-return.html' } },
  },
  server: { proxy: { '/api': 'http://localhost:4400' } },
})
