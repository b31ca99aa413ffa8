import { toFinding } from '../findings/finding.js';
import type { Clock } from '../clock.js';
import type { OpenDirectory } from '../directory/directory.js';
import type { ServerDescription } from '../directory/server-description.js';
import type { InspectTls } from '../directory/shown-tls.js';
import { toShownDN } from '../probe/shown-text.js';
import { withDeadline } from '../probe/with-deadline.js';
import { parseDirectoryAddress } from '../settings/directory-address.js';
import { createSettingChecks } from '../settings/setting-checks.js';
import type { ReadSettings, Settings } from '../settings/settings.js';
import { UnusableSettingsError } from '../settings/unusable-settings-error.js';
import { findNeeds } from './find-needs.js';
import { hintEncryption } from './hint-encryption.js';
import { judgeFields } from './judge-fields.js';
import { judgeGroups } from './judge-groups.js';
import { judgePeople } from './judge-people.js';
import { judgeServer } from './judge-server.js';
import { lookAtDirectory } from './look-at-directory.js';
import { openForLook } from './open-for-look.js';
import { findPeople, type People } from './people.js';
import type { SeenDirectory } from './seen-directory.js';
import type { Hint, Proposal, Proposed, Suggestion } from './suggestion.js';

/** Looks at the directory of these settings, and proposes the others. @default those that are saved */
export type SuggestSettings = (settings?: Settings) => Promise<Suggestion>;

interface Dependencies {
  readonly readSettings: ReadSettings;
  /** The ids of settings that come from the environment. */
  readonly readFixed: () => Promise<ReadonlySet<string>>;
  readonly openDirectory: OpenDirectory;
  readonly inspectTls: InspectTls;
  readonly clock: Clock;
  /** @default one minute: somebody is waiting for the answer */
  readonly deadlineMs?: number;
}

const MAX_CONTEXTS = 20;
const MAX_OTHERS = 5;

/** Rejects with {@link UnusableSettingsError}, or with the `LdapSyncError` of a connection that failed. */
export function createSuggestSettings({
  readSettings,
  readFixed,
  openDirectory,
  inspectTls,
  clock,
  deadlineMs = 60_000,
}: Dependencies): SuggestSettings {
  return async (tried) => {
    const settings = tried ?? (await readSettings());
    const checks = createSettingChecks(settings);
    const address = parseDirectoryAddress(settings, checks);
    if (checks.problems.length > 0) throw new UnusableSettingsError(checks.problems);
    return withDeadline(deadlineMs, async (signal) => {
      const { directory, isAnonymous, refusal } = await openForLook(address, openDirectory, signal);
      try {
        const now = clock();
        const currentBase = settings.get('LDAP_BaseDN').trim();
        const { seen, server } = await lookAtDirectory({ directory, currentBase, signal, now });
        const people = findPeople(seen);
        const hints = await hintEncryption(address, { inspectTls, signal, seen });
        const needs = [...(refusal ? [refusal] : []), ...findNeeds(seen, people, isAnonymous)];
        const proposed = judge(seen, people);
        const { proposals, unfit } = toProposals(proposed, settings, await readFixed());
        return { ...toLooked(seen, people, server), proposals, hints: [...hints, ...unfit], needs };
      } finally {
        directory.close();
      }
    });
  };
}

/** Nothing is proposed that nothing speaks for. */
function judge(seen: SeenDirectory, people: People | undefined): readonly Proposed[] {
  if (!people) return [];
  return [
    ...judgePeople(people, seen),
    ...judgeFields(people),
    ...judgeServer(people, seen),
    ...judgeGroups(seen),
  ];
}

function toLooked(
  { root, contexts, groups }: SeenDirectory,
  people: People | undefined,
  server: ServerDescription | undefined,
): Pick<Suggestion, 'server' | 'contexts' | 'looked'> {
  const { host, port, kind, name, version } = server ?? {};
  const told = host !== undefined && port !== undefined && kind !== undefined && name !== undefined;
  return {
    ...(told ? { server: { host, port, kind, name, ...(version === undefined ? {} : { version }) } } : {}),
    contexts: (root?.contexts ?? []).slice(0, MAX_CONTEXTS).map(toShownDN),
    looked: {
      ...(people ? { base: toShownDN(people.context) } : {}),
      people: people?.of ?? 0,
      isMore: contexts.some(({ entries, isWhole }) => entries.length > 0 && !isWhole),
      groups: groups.groups.length,
    },
  };
}

/** What comes from the environment cannot be tried out; it is only said what would fit. */
function toProposals(
  proposed: readonly Proposed[],
  { get }: Pick<Settings, 'get'>,
  fixed: ReadonlySet<string>,
): { readonly proposals: readonly Proposal[]; readonly unfit: readonly Hint[] } {
  const all = proposed.map(({ others = [], ...one }): Proposal => ({
    ...one,
    current: get(one.setting),
    others: others.filter(({ value }) => value !== one.value).slice(0, MAX_OTHERS),
  }));
  const unfit = all
    .filter(({ setting, value, current }) => fixed.has(setting) && value !== current)
    .map(({ setting, value, because }) => ({
      setting,
      ...toFinding('better-than-overridden', { setting, because }),
      value,
    }));
  return { proposals: all.filter(({ setting }) => !fixed.has(setting)), unfit };
}
