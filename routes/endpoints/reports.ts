import { explainUserAnswer, explainUserQuery } from '../schemas/explain-user.js';
import {
  listRunsAnswer,
  listRunsQuery,
  RUN_EVENTS,
  runChangesAnswer,
  runChangesQuery,
  runEventsQuery,
  runInfoAnswer,
  runInfoQuery,
  userHistoryAnswer,
  userHistoryQuery,
} from '../schemas/run-reports.js';
import { photoQuery } from '../schemas/photo.js';
import { statusAnswer } from '../schemas/status.js';
import type { Endpoint } from './endpoint.js';

/** What only tells something. */
export const REPORT_ENDPOINTS = {
  runInfo: {
    method: 'get',
    verb: 'runInfo',
    gate: 'read',
    about: 'The report of a run, while it goes and after',
    more:
      'With the first fifty of `attention` and `problems`; `attentionCount` and `problemCount` say how many there are, ' +
      '`offset` and `count` ask for another part of both.',
    input: runInfoQuery,
    answer: runInfoAnswer,
    answered: 'The report',
    refused: 'No such run, no run id, or a bad parameter',
  },
  listRuns: {
    method: 'get',
    verb: 'listRuns',
    gate: 'read',
    about: 'Reports, newest first',
    more: 'Without the lists of the reports, which are counted; `ldap.runInfo` has them.',
    input: listRunsQuery,
    answer: listRunsAnswer,
    answered: 'A page of reports',
    refused: 'A bad parameter',
  },
  runChanges: {
    method: 'get',
    verb: 'runChanges',
    gate: 'read',
    about: 'What a run did, or wants to do, person by person',
    more:
      'In the order it was written. A removal that was held has the state `waiting`. A search (`outcome`, `text`) ' +
      'looks through 5,000 rows and an answer holds about a megabyte: `nextOffset` says where to go on, also when ' +
      'nothing was found so far; without it the account was read to its end.',
    input: runChangesQuery,
    answer: runChangesAnswer,
    answered: 'A page of changes',
    refused: 'No such run, or a bad parameter',
  },
  userHistory: {
    method: 'get',
    verb: 'userHistory',
    gate: 'read',
    about: 'What runs did to one user, newest first',
    more: 'Kept for `LDAP_Sync_History_Days`. `count` and `offset` are numbers of runs.',
    input: userHistoryQuery,
    answer: userHistoryAnswer,
    answered: 'The changes',
    refused: 'No userId, or a bad parameter',
  },
  explainUser: {
    method: 'get',
    verb: 'explainUser',
    gate: 'explain',
    about: 'Why somebody looks as they do, and what a sync would do to them now',
    more: 'Give exactly one parameter. Reads only; each call opens one LDAP connection.',
    input: explainUserQuery,
    answer: explainUserAnswer,
    answered: 'The explanation',
    refused:
      'Not exactly one usable parameter (`invalid-params`), LDAP is off (`LDAP_disabled`), neither an entry nor a user ' +
      '(`User not found`), several entries (`several-entries`, with `details.dns`), settings that make a sync ' +
      'impossible (`invalid-settings`, with `details.problems`), or the directory failed',
  },
  photo: {
    method: 'get',
    verb: 'photo',
    gate: 'read',
    about: 'One picture of a person: what the chat shows, or what the directory has',
    more:
      'Of people of the directory only. The picture is made anew as a sync makes one, so that nothing of the original ' +
      'file is in it. A picture of the directory is looked up as it is now, over a connection of its own; with `sha256` ' +
      'it is the one that a row of `ldap.runChanges` names or none. A refusal is JSON. 429 also when the host is busy ' +
      'with four of them.',
    input: photoQuery,
    answer: { picture: 'image/jpeg' },
    answered: 'The picture',
    refused:
      'A bad parameter (`invalid-params`), nothing to show (`photo-not-shown`; the text says why), a photo that no sync ' +
      'could use (`invalid-photo`), or the directory failed',
  },
  status: {
    method: 'get',
    verb: 'status',
    gate: 'read',
    about: 'How the sync is doing, over all hosts',
    answer: statusAnswer,
    answered: 'The status',
  },
  runEvents: {
    method: 'get',
    verb: 'runEvents',
    gate: 'read',
    about: 'The report of a run as server-sent events',
    more:
      'Works on whichever host the run is. `event: progress` whenever something changed: the report without its lists, ' +
      'as in `ldap.listRuns`. `event: finished` last: the report as `ldap.runInfo` gives it, with the first fifty of ' +
      'each list. The `id` says what a client has seen: sent back as `Last-Event-ID`, nothing is told twice, and a ' +
      'client that has seen the end gets 204, on which an EventSource stops. A comment every 15 seconds. A stream that ' +
      'ends before its run says why in a last comment, `: ended <reason>`: `not-permitted` (within five seconds of the ' +
      'loss of the sign-in or the permission), `place-needed` (all places of the host are taken, and a user with fewer ' +
      'streams asked for one: the oldest stream of the user with the most ends), `time-over` (15 minutes), `too-slow` ' +
      '(nothing was read for 30 seconds), `host-stopping`, `run-gone`, `failed`. 429 also when this user has 10 ' +
      'streams, or all 100 of this host are taken and nobody has two more than this user; a user without a stream ' +
      'always gets one.',
    input: runEventsQuery,
    answer: { events: RUN_EVENTS },
    answered: 'The stream',
    refused: 'No such run, or no run id',
  },
} as const satisfies Record<string, Endpoint>;
