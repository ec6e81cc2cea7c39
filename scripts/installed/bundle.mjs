// What a bundler takes of the installed package for a program that imports one function.
import { relative } from 'node:path';
import { build } from 'vite';

/** The modules of the package of which something is left in the bundle, and the bundle. */
export async function bundle(folder, home, file) {
  const output = await build({
    root: folder,
    configFile: false,
    logLevel: 'error',
    ssr: { noExternal: true },
    build: { ssr: file, write: false, minify: false },
  });
  const [chunk] = output.output;
  const left = Object.entries(chunk.modules).filter(([, { renderedLength }]) => renderedLength > 0);
  const inPackage = left.map(([path]) => relative(home, path)).filter((path) => !path.startsWith('..'));
  return { modules: inPackage.map((path) => path.replace(/^dist\//, '')), code: chunk.code };
}
