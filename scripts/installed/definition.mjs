// Where an editor goes from a name of the installed package: "go to definition" follows declaration maps to the TypeScript sources.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

/** The files, by their paths in the package, in which the names that a program imports are defined. */
export function findDefinitions(folder, home, file, names) {
  const config = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile).config;
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, folder);
  const path = join(folder, file);
  const host = {
    ...ts.sys,
    getCompilationSettings: () => options,
    getScriptFileNames: () => [path],
    getScriptVersion: () => '1',
    getScriptSnapshot: (name) =>
      existsSync(name) ? ts.ScriptSnapshot.fromString(readFileSync(name, 'utf8')) : undefined,
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
  };
  const service = ts.createLanguageService(host);
  const text = readFileSync(path, 'utf8');
  return names.map((name) => {
    const [found] = service.getDefinitionAtPosition(path, text.indexOf(name)) ?? [];
    if (found === undefined) return 'nothing';
    const declared = { fileName: found.fileName, pos: found.textSpan.start };
    return (service.getSourceMapper().tryGetSourcePosition(declared) ?? declared).fileName.replace(`${home}/`, '');
  });
}
