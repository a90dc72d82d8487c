import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  // Relative addresses work from tauri:// and from a loopback server alike.
  base: "./",
  build: {
    outDir: "dist",
    target: "es2022",
    // An inlined module preload would be an inline script, which the content policy forbids.
    modulePreload: { polyfill: false },
  },
  server: { host: "127.0.0.1", fs: { allow: [".", "../icons"] } },
  test: {
    environment: "jsdom",
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    testTimeout: 60_000,
    maxWorkers: "100%",
  },
});
