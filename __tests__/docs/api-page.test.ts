import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const root = join(__dirname, '../..');
const EXAMPLE = join(root, 'docs/example-of-the-client.ts');

/** As in a page of a browser: nothing of Node is known. */
const BROWSER: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.dom.asynciterable.d.ts'],
  types: [],
  paths: { 'chat-ldap-sync/client': [join(root, 'client/index.ts')] },
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  noEmit: true,
};

/** The library of the browser is large, and is read once for all. */
const parsed = new Map<string, ts.SourceFile | undefined>();

function findFaults(files: readonly string[], example = ''): readonly string[] {
  const host = ts.createCompilerHost(BROWSER);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === EXAMPLE || fileExists.call(host, name);
  host.getSourceFile = (name, version) => {
    if (name === EXAMPLE) return ts.createSourceFile(name, example, version);
    if (!parsed.has(name)) parsed.set(name, getSourceFile.call(host, name, version));
    return parsed.get(name);
  };
  const program = ts.createProgram(files, BROWSER, host);
  return files.flatMap((file) => {
    const source = program.getSourceFile(file);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  });
}

const [, example = ''] =
  /^```ts\n(import [^`]*chat-ldap-sync\/client[\s\S]*?)^```$/m.exec(
    readFileSync(join(root, 'docs/api.md'), 'utf8'),
  ) ?? [];

describe('the example of the client in docs/api.md', () => {
  it('compiles as it stands, in a browser', () => {
    expect(example).toContain('createClient');
    expect(findFaults([EXAMPLE], example)).toEqual([]);
  });

  it('would not compile with a field that there is not', () => {
    expect(findFaults([EXAMPLE], example.replace('run.state', 'run.stage'))).toEqual([
      expect.stringContaining("'stage' does not exist"),
    ]);
  });
});

it('the client compiles with the types of a browser alone', () => {
  const client = join(root, 'client');
  expect(findFaults(readdirSync(client).map((name) => join(client, name)))).toEqual([]);
});
