import { basename, join } from 'node:path';
import ts from 'typescript';
import type { PageBlock } from './page-blocks.js';

const ROOT = join(__dirname, '../..');
/** In the project, so that its packages are found; nothing is written there. */
const FOLDER = join(ROOT, '__tests__/page');

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  paths: { 'chat-ldap-sync': [join(ROOT, 'lib/index.ts')] },
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
};

/** What the compiler says, under `strict`, against the TypeScript of a page. */
export function findBlockFaults(blocks: readonly PageBlock[]): readonly string[] {
  const sources = new Map(
    blocks.filter(({ language }) => language === 'ts').map(({ name, text }) => [join(FOLDER, name), text]),
  );
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => sources.has(name) || fileExists.call(host, name);
  host.getSourceFile = (name, version) => {
    const source = sources.get(name);
    return source === undefined
      ? getSourceFile.call(host, name, version)
      : ts.createSourceFile(name, source, version);
  };
  const program = ts.createProgram([...sources.keys()], OPTIONS, host);
  // Of the blocks alone: the package itself is compiled elsewhere.
  return [...sources.keys()].flatMap((name) => {
    const file = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => `${basename(name)}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`,
    );
  });
}
