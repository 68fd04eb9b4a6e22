import { defineConfig } from "vite";

// The oldest browsers that still receive pages: the last ones for Windows 7, which stations do run.
const browsers = ["chrome109", "firefox115", "safari16"];

export default defineConfig({
  base: "./",
  build: {
    outDir: "../src/kavalan/casework/static/kavalan",
    emptyOutDir: true,
    // Not in Vite's hidden folder: a wheel and a static-file server both carry it.
    manifest: "manifest.json",
    target: browsers,
    // A page may load nothing but files from its own address: no data: addresses, no script of Vite's own.
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      input: "src/main.ts",
      // The one eval is htmx's, behind allowEval, which src/htmx.ts turns off and the policy forbids besides.
      checks: { eval: false },
    },
  },
});
