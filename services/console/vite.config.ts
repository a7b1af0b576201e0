import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The gateway of a running system, for `vite` alone: its pages and its calls must have one origin.
const gateway = process.env.GUANXI_URL ?? "http://127.0.0.1:8080";

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  plugins: [react()],
  resolve: { conditions: ["source", "module", "browser"] },
  build: {
    outDir: "dist/web",
    emptyOutDir: true,
    target: "es2024",
    // Fonts and pictures as files: the policy of the page knows no data addresses but for what antd draws.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1500,
    rolldownOptions: {
      output: {
        codeSplitting: {
          // By itself it makes a file of each thing that some surfaces share and others do not: 46 before the first word, of which
          // HTTP/1.1 asks six at a time. What is installed changes less often than what is ours.
          groups: [
            { name: "installed", test: /node_modules/, tags: ["$initial"] },
            { name: "common", tags: ["$initial"] },
            { name: "shared", minShareCount: 2, entriesAware: true, entriesAwareMergeThreshold: 30_000 },
          ],
        },
      },
    },
  },
  server: { host: "127.0.0.1", proxy: { "/v1": gateway, "/session": gateway, "/openapi.json": gateway } },
});
