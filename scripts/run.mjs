// Runs a TypeScript program of this repository on a Node that does not strip types itself: node scripts/run.mjs FILE …
// It is Vite's module runner, the same that Vitest runs the specs with; stack traces point at the sources.
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createServer, createServerModuleRunner } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const [file, ...rest] = process.argv.slice(2);
if (file === undefined) {
  console.error('usage: node scripts/run.mjs FILE.ts [argument …]');
  process.exit(2);
}
const path = resolve(file);
process.argv = [process.argv[0], path, ...rest];
const server = await createServer({
  root,
  configFile: false,
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, watch: null, ws: false },
  optimizeDeps: { noDiscovery: true },
});
try {
  await createServerModuleRunner(server.environments.ssr).import(pathToFileURL(path).href);
} finally {
  await server.close();
}
