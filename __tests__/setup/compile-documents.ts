import { join } from 'node:path';
import ts from 'typescript';

/** A document as it is in the database, and its type in `@rocket.chat/core-typings`. */
export interface TypedDocument {
  readonly type: string;
  readonly document: Readonly<Record<string, unknown>>;
}

/** In the project, so that its packages are found; nothing is written there. */
const FILE = join(__dirname, '../types/written-documents.ts');

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: [],
};

/** What the compiler says against documents of Rocket.Chat's types; it says so of a field that a type lacks, too. */
export function findTypeFaults(documents: readonly TypedDocument[]): readonly string[] {
  const types = [...new Set(documents.map(({ type }) => type))];
  const source = [
    `import type { ${[...types, 'UserStatus'].join(', ')} } from '@rocket.chat/core-typings';`,
    ...documents.map(
      ({ type, document }, index) => `export const d${index}: ${type} = ${toLiteral(document)};`,
    ),
  ].join('\n');
  const host = ts.createCompilerHost(OPTIONS);
  const { fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === FILE || fileExists.call(host, name);
  host.getSourceFile = (name, version) =>
    name === FILE ? ts.createSourceFile(name, source, version) : getSourceFile.call(host, name, version);
  const program = ts.createProgram([FILE], OPTIONS, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

function toLiteral(value: unknown, key = ''): string {
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (Array.isArray(value)) return `[${value.map((item) => toLiteral(item)).join(', ')}]`;
  // An enumeration takes no text, though it is stored as one.
  if (key === 'status') return `${JSON.stringify(value)} as UserStatus`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(
    ([name, item]) => `${JSON.stringify(name)}: ${toLiteral(item, name)}`,
  );
  return `{ ${fields.join(', ')} }`;
}
