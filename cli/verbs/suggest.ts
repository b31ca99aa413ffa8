import { InvalidArgumentError } from '@commander-js/extra-typings';
import type { Program } from './program.js';
import { toOutline } from '../show/outline.js';
import { printDocument } from '../show/print-list.js';
import { readSecrets } from '../settings/read-secrets.js';
import { readSettingsFiles } from '../settings/settings-file.js';
import type { SettingValues } from '../session/client-port.js';
import type { Tool } from '../tool.js';
import { configOption, databaseOption, jsonOption, urlOption } from './options.js';

export function addSuggest(program: Program, tool: Tool): void {
  program
    .command('suggest')
    .description('look at a directory and propose settings for it')
    .argument(
      '[directory]',
      'such as ldaps://ldap.example.org; without it the one of the settings',
      parseDirectory,
    )
    .option('--bind-dn <dn>', 'the service account')
    .option('--secret-file <id=path...>', 'LDAP_Authentication_Password=PATH: its password is in a file')
    .option('--settings <file...>', 'with settings that are not saved (JSON; - is stdin)')
    .addOption(urlOption())
    .addOption(databaseOption())
    .addOption(configOption())
    .addOption(jsonOption())
    .action((directory, options) =>
      tool.run(options, async ({ client }) => {
        const { settings: files = [], secretFile, bindDn } = options;
        const settings = {
          ...(await readSettingsFiles(files, tool)),
          ...directory,
          ...(bindDn === undefined ? {} : { LDAP_Authentication: true, LDAP_Authentication_UserDN: bindDn }),
          ...readSecrets(secretFile),
        };
        const input = Object.keys(settings).length > 0 ? { settings } : {};
        const answer = await client.suggestSettings(input, { signal: tool.interrupted });
        const { terminal } = tool;
        if (options.json) await printDocument(answer, terminal);
        else await terminal.write(toOutline(answer, terminal.paint));
        return 'done';
      }),
    );
}

const PORTS: Readonly<Record<string, number>> = { 'ldap:': 389, 'ldaps:': 636 };

/** The settings that an address of a directory stands for. */
function parseDirectory(text: string): SettingValues {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const port = url && PORTS[url.protocol];
  if (!url || port === undefined || url.hostname === '' || url.username !== '' || url.password !== '')
    throw new InvalidArgumentError('It looks like ldaps://ldap.example.org or ldap://10.0.0.5:3890 .');
  return {
    LDAP_Host: url.hostname.replace(/^\[|\]$/g, ''),
    LDAP_Port: url.port === '' ? port : Number(url.port),
    LDAP_Encryption: url.protocol === 'ldaps:' ? 'ssl' : 'plain',
  };
}
