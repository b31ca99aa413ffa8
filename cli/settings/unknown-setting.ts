import { findMisspelt } from '../../lib/survey/likeness.js';
import type { Mistake } from '../command-error.js';
import type { SettingRow } from '../session/client-port.js';

/** What is told of an id that is no setting: which one may be meant, and where all are listed. */
export function toUnknownSetting(id: string, rows: readonly SettingRow[]): Mistake {
  const meant = findMisspelt(
    id,
    rows.map(({ setting }) => setting),
  );
  const question = meant === undefined ? '' : `Did you mean ${meant}? `;
  return {
    message: `${id} is no setting.`,
    remedy: `${question}chat-ldap-sync settings get --all lists them.`,
  };
}
