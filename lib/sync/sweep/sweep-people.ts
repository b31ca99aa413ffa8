import type { Clock } from '../../clock.js';
import type { Directory, DirectoryEntry, SweepEnd } from '../../directory/directory.js';
import { toAllIds } from '../../mapping/ldap-identity.js';
import { toRequestedAttributes } from '../../mapping/map-entry.js';
import { createRandomId } from '../../random-id.js';
import type { SyncSettings } from '../../settings/sync-settings.js';
import type { Belonging } from '../belonging/belonging.js';
import type { MembershipRules } from '../rooms/membership-rules.js';
import type { RoomStore } from '../rooms/room-store.js';
import type { ActiveRun } from '../run/active-run.js';
import { applyPage, type PreparedPage } from './apply-page.js';
import type { PhotoFiles } from '../avatars/photo-files.js';
import type { PhotoDecoder } from '../avatars/photo-decoder.js';
import type { ChangeLog } from '../history/change-log.js';
import { createPagePhotos } from './page-photos.js';
import { readPage } from './read-page.js';
import { toStandingPage } from './standing-page.js';
import type { Survey } from '../../survey/survey.js';
import { createSweepState, type SweepState } from '../removals/sweep-state.js';
import type { UserStore } from '../users/user-store.js';

export interface SweepDependencies {
  readonly users: UserStore;
  readonly files: PhotoFiles;
  readonly decoder: PhotoDecoder;
  readonly directory: Pick<Directory, 'sweep'>;
  readonly changes: ChangeLog;
  readonly run: ActiveRun;
  readonly settings: SyncSettings;
  /** Who is in the group whose members are synced. */
  readonly belonging: Belonging;
  readonly now: Clock;
  /** The ids of the rooms that new users join. @default none */
  readonly joins?: readonly string[];
  readonly rooms: RoomStore;
  /** Who joins and who leaves which room of the maps. */
  readonly memberships: MembershipRules;
  /** A page has been applied. */
  readonly progress: () => void;
  /** What the entries show about the settings. */
  readonly survey?: Survey;
  /** Asked once the first pages are known, before anything is written: whether to go on. */
  readonly mayBegin?: () => Promise<boolean>;
  /** The further attributes of being disabled that count for the first time. */
  readonly newlyCounting?: ReadonlySet<string>;
  /** Active users who were linked before. */
  readonly linkedBefore: number;
}

/** `stopped`: the sweep was not to begin, and nothing was written. */
export interface Swept {
  readonly state: SweepState;
  readonly end: SweepEnd | 'stopped';
}

type FetchedPage = Promise<IteratorResult<readonly DirectoryEntry[], SweepEnd>>;
type NextPage = Promise<PreparedPage | { readonly end: SweepEnd }>;

/** Pages whose users are looked up while another is being applied. */
const PAGES_AHEAD = 2;

/** Reads everybody and writes the additive changes, page by page. Removals are only gathered. */
export async function sweepPeople(dependencies: SweepDependencies): Promise<Swept> {
  const { users, directory, run, settings, belonging, survey, mayBegin, progress } = dependencies;
  const state = createSweepState(dependencies.linkedBefore, dependencies.newlyCounting);
  const photos = createPagePhotos({ ...dependencies, photo: settings.photo, signal: run.signal });
  const further = [...(survey?.furtherAttributes ?? []), ...belonging.attributes];
  const attributes = toRequestedAttributes(settings.mapping, further);
  const pages = directory.sweep({ ...settings.search, attributes }, run.signal);
  let latest: Promise<unknown> = Promise.resolve();
  const ahead = Array.from({ length: PAGES_AHEAD }, () => prepare(pages.next()));
  await lookFirst();
  if (mayBegin && !(await mayBegin())) return { state, end: 'stopped' };
  try {
    return { state, end: await applyPages() };
  } catch (error) {
    // Nothing is looked up any more.
    for (const { row } of state.disputes) run.tally.attention(row);
    throw error;
  }

  async function applyPages(): Promise<SweepEnd> {
    for (;;) {
      const [next = prepare(pages.next())] = ahead.splice(0, 1);
      const page = await next;
      run.assertGoingOn();
      if ('end' in page) return page.end;
      // The first look may have fetched more.
      if (ahead.length < PAGES_AHEAD) ahead.push(prepare(pages.next()));
      const look = run.checkIn();
      look.catch(() => undefined);
      await applyPage(page, state, { ...dependencies, photos, createId: createRandomId });
      await look;
      await run.saveProgress();
      progress();
    }
  }

  /** Waits for as many pages as have to be looked at before something is written. */
  async function lookFirst(): Promise<void> {
    for (let index = 0; survey?.wantsMore() ?? false; index += 1) {
      const page = await (ahead[index] ??= prepare(pages.next()));
      run.assertGoingOn();
      if ('end' in page) return;
    }
  }

  /** Reads a page and looks its linked users up, while the pages before are being applied. */
  function prepare(fetched: FetchedPage): NextPage {
    const prepared = lookUp(fetched, latest);
    // If the run ends first, nothing waits for this page, and its failure must not go unhandled.
    prepared.catch(() => undefined);
    latest = prepared;
    return prepared;
  }

  /** `before`: the page before it, which has the first right to an id that entries of both have. */
  async function lookUp(fetched: FetchedPage, before: Promise<unknown>): NextPage {
    const page = await fetched;
    if (page.done) return { end: page.value };
    const groups = await belonging.of(page.value);
    const read = readPage(page.value, { mapping: settings.mapping, groups }, state);
    survey?.addEntries(page.value);
    const linked = await users.findLinked(read.identities.flatMap(toAllIds), {
      rooms: dependencies.memberships.areAny,
    });
    survey?.addStored([...linked.values()].flat());
    await before;
    return { ...toStandingPage(read, linked, state), linked };
  }
}
