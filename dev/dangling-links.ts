/** Looks for what points at nothing in a package: links of its pages, and maps of its programs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const LINK = /\[[^\]]*\]\(([^)\s]+)\)/g;
const CODE = /```[\s\S]*?```|`[^`\n]*`/g;
const HEADING = /^#{1,6} +(.+)$/gm;
const MAP = /^\/\/# sourceMappingURL=(\S+)\s*$/gm;

/** Files below a folder, `node_modules` left out, as absolute paths. */
export function listFiles(folder: string, ending: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending) && !/(?:^|[\\/])node_modules[\\/]/.test(name))
    .map((name) => join(folder, name));
}

/**
 * Links to files or headings that are not there, as `page → target`. `https:` and `mailto:` are not looked
 * at.
 */
export function findDanglingLinks(root: string, pages: readonly string[]): readonly string[] {
  return pages.flatMap((page) => {
    const text = withoutCode(readFileSync(page, 'utf8'));
    const targets = [...text.matchAll(LINK)].map(([, target = '']) => target);
    return targets
      .filter((target) => !/^[a-z]+:/i.test(target) && !isThere(root, page, target))
      .map((target) => `${relative(root, page)} → ${target}`);
  });
}

/** Programs whose `sourceMappingURL` names a file that is not there, as `program → map`. */
export function findMissingMaps(root: string): readonly string[] {
  return [...listFiles(root, '.js'), ...listFiles(root, '.d.ts')].flatMap((program) =>
    [...readFileSync(program, 'utf8').matchAll(MAP)]
      .map(([, map = '']) => map)
      .filter((map) => !map.startsWith('data:') && !hasSources(join(dirname(program), map)))
      .map((map) => `${relative(root, program)} → ${map}`),
  );
}

/** A map is of use when the sources that it names are there, or are in it. */
function hasSources(map: string): boolean {
  if (!existsSync(map)) return false;
  const { sources, sourcesContent } = JSON.parse(readFileSync(map, 'utf8')) as {
    sources: readonly string[];
    sourcesContent?: readonly unknown[];
  };
  return sources.every(
    (source, index) => typeof sourcesContent?.[index] === 'string' || existsSync(join(dirname(map), source)),
  );
}

function isThere(root: string, page: string, target: string): boolean {
  const [path = '', heading] = target.split('#');
  const file = path === '' ? page : join(dirname(page), decodeURIComponent(path));
  if (relative(root, file).startsWith('..') || !existsSync(file)) return false;
  return heading === undefined || toHeadings(readFileSync(file, 'utf8')).has(heading);
}

/** The anchors that GitHub and npm make of headings. */
function toHeadings(text: string): ReadonlySet<string> {
  const headings = text.replace(/```[\s\S]*?```/g, '').matchAll(HEADING);
  return new Set(
    [...headings].map(([, title = '']) =>
      title
        .trim()
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s_-]/gu, '')
        .replace(/\s/g, '-'),
    ),
  );
}

function withoutCode(text: string): string {
  return text.replace(CODE, '');
}
