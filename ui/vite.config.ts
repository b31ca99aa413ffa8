import { defineConfig, type Plugin } from 'vite';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The table of files that the server gives, so that no request reads a folder. */
const filesTable: Plugin = {
  name: 'files-table',
  generateBundle(_options, bundle) {
    const files = Object.keys(bundle).flatMap((path) => {
      const name = /^assets\/(.+)$/.exec(path)?.[1];
      if (name === undefined) return [];
      const type = TYPES[name.slice(name.lastIndexOf('.') + 1)];
      if (type === undefined) throw new Error(`vite.config.ts knows no type for ${name}.`);
      return [[name, type] as const];
    });
    this.emitFile({
      type: 'asset',
      fileName: 'files.json',
      source: `${JSON.stringify(Object.fromEntries(files), null, 2)}\n`,
    });
  },
};

export default defineConfig({
  root: import.meta.dirname,
  // Relative, so that the page works at whatever path it is mounted.
  base: './',
  plugins: [filesTable],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/ui',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // The polyfill would be inline code, and every browser of the target knows modulepreload.
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
});
