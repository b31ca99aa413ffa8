import type { Directory } from '../directory/directory.js';
import { describeQuietly } from '../directory/describe-quietly.js';
import type { ServerDescription } from '../directory/server-description.js';
import { readGroupOverview } from '../survey/group-overview.js';
import { findPeople } from './people.js';
import { readContext } from './read-people.js';
import { readRoot, toLikelyContexts } from './read-root.js';
import type { SeenContext, SeenDirectory } from './seen-directory.js';

interface Looking {
  readonly directory: Directory;
  /** Where people are by the settings, for a server that does not tell of its parts. */
  readonly currentBase: string;
  readonly signal: AbortSignal;
  readonly now: Date;
}

const PAGE = 250;
const NO_GROUPS = { groups: [], isMore: false, base: '' } as const;

/** Reads all that proposals are made from. Rejects when the connection fails. */
export async function lookAtDirectory({
  directory,
  currentBase,
  signal,
  now,
}: Looking): Promise<{ readonly seen: SeenDirectory; readonly server: ServerDescription | undefined }> {
  const server = await describeQuietly(directory, signal);
  const kind = server?.kind ?? 'unknown';
  const root = await readRoot(directory, signal);
  const contexts: SeenContext[] = [];
  for (const dn of toLikelyContexts(root, currentBase))
    contexts.push(await readContext(dn, { directory, kind, signal }));
  const seen: SeenDirectory = { kind, root, contexts, groups: NO_GROUPS, now };
  const base = findPeople(seen)?.context ?? contexts[0]?.dn;
  if (base === undefined) return { seen, server };
  const groups = await readGroupOverview({ directory, baseDN: base, pageSize: PAGE, signal });
  return { seen: { ...seen, groups: { ...groups, base } }, server };
}
