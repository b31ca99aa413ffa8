import { CommandError } from '../command-error.js';
import type { SettingValues, SettingsChange } from '../session/client-port.js';
import { patiently } from '../session/patiently.js';
import type { Session } from '../session/session.js';
import type { Tool } from '../tool.js';

const PAGE = 100;

/** All changes of settings that are kept, page by page, newest first. */
export async function* readHistory(
  { client }: Session,
  tool: Tool,
): AsyncGenerator<readonly SettingsChange[]> {
  for (let offset = 0; ; offset += PAGE) {
    const { changes } = await patiently(tool, () =>
      client.settingsHistory({ offset, count: PAGE }, { signal: tool.interrupted }),
    );
    if (changes.length > 0) yield changes;
    if (changes.length < PAGE) return;
  }
}

/** How settings were before a change. */
export interface Former {
  /** `null`: the default. */
  readonly values: SettingValues;
  /** What they were is kept nowhere. */
  readonly secrets: readonly string[];
  /** Changes that are taken back: that one, and all that came after it. */
  readonly count: number;
}

/** Throws a {@link CommandError} where no such change is kept. */
export async function findFormer(changeId: string, session: Session, tool: Tool): Promise<Former> {
  const values: Record<string, SettingValues[string]> = {};
  const secrets = new Set<string>();
  let count = 0;
  for await (const { _id, changes } of eachOf(readHistory(session, tool))) {
    count += 1;
    for (const one of changes)
      if ('isSecret' in one) secrets.add(one.setting);
      else values[one.setting] = toValue(one.from);
    if (_id === changeId) return { values, secrets: [...secrets], count };
  }
  throw new CommandError('failed', `There is no change ${changeId} of the settings.`, {
    remedy: 'chat-ldap-sync settings history lists those that are kept.',
  });
}

async function* eachOf<Row>(pages: AsyncIterable<readonly Row[]>): AsyncGenerator<Row> {
  for await (const page of pages) yield* page;
}

function toValue(value: unknown): SettingValues[string] {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
