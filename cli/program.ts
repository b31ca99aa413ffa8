import { Command } from '@commander-js/extra-typings';
import { EXIT_CODES } from './exit-codes.js';
import type { Tool } from './tool.js';
import type { Program } from './verbs/program.js';
import { addApprove } from './verbs/approve.js';
import { addApply } from './verbs/apply.js';
import { addPreview, addSync } from './verbs/sync.js';
import { addCancel, addReject, addRevert } from './verbs/decide.js';
import { addChanges } from './verbs/changes.js';
import { addExplain } from './verbs/explain.js';
import { addHealth } from './verbs/health.js';
import { addHeld } from './verbs/held.js';
import { addRun, addRuns } from './verbs/runs.js';
import { addServe } from './verbs/serve.js';
import { addSettings } from './verbs/settings.js';
import { addStatus } from './verbs/status.js';
import { addSuggest } from './verbs/suggest.js';
import { addTest } from './verbs/test.js';

const ENVIRONMENT = `
The chat server:
  CHAT_LDAP_SYNC_URL         where it is, as --url
  CHAT_LDAP_SYNC_USER_ID     who you are there
  CHAT_LDAP_SYNC_AUTH_TOKEN  a token of a login
  CHAT_LDAP_SYNC_TOTP_CODE   a second factor, good for one call; else you are asked
  CHAT_LDAP_SYNC_PASSWORD    a second factor, for users without an authenticator app
The database, in the place of all of them:
  MONGO_URL                  its connection string; no second factor is asked for
Each of them is read from a file where …_FILE names one. Secrets are never given by a flag.`;

/** All commands. Throws commander's errors in the place of ending the process. */
export function createProgram(tool: Tool, version: string): Program {
  const { terminal } = tool;
  const program = new Command('chat-ldap-sync')
    .description(
      'Syncs people from LDAP or Active Directory into a chat server, and shows and decides what a sync does.',
    )
    .version(version)
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void terminal.stdout.write(text),
      writeErr: (text) => void terminal.stderr.write(text),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
      outputError: (text, write) => write(text),
    })
    .showHelpAfterError(
      '(chat-ldap-sync --help lists the commands; chat-ldap-sync COMMAND --help its options)',
    )
    .addHelpText('after', `${ENVIRONMENT}\n\nExit codes:\n${exitLines().join('\n')}`);
  const groups: Readonly<Record<string, readonly ((program: Program, tool: Tool) => void)[]>> = {
    'Runs:': [addSync, addPreview, addApply, addRun, addRuns, addChanges, addCancel],
    'Decisions:': [addHeld, addApprove, addReject, addRevert],
    'Questions:': [addStatus, addExplain, addTest, addSuggest],
    'Set up:': [addSettings, addServe, addHealth],
  };
  for (const [heading, adders] of Object.entries(groups)) {
    program.commandsGroup(heading);
    for (const add of adders) add(program, tool);
  }
  return program;
}

function exitLines(): readonly string[] {
  return Object.values(EXIT_CODES).map(({ code, when }) => `  ${code}  ${when}`);
}
