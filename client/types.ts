import type { z } from 'zod';
import type { AnswerOf, AskedOf } from '../routes/endpoints/endpoint.js';
import type { EndpointName, Endpoints } from '../routes/endpoints/endpoints.js';
import type { challengeDetails } from '../routes/schemas/refusals.js';
import type { change } from '../routes/schemas/change.js';
import type { run, runWithRows } from '../routes/schemas/run.js';

/** The endpoints that answer once; the others are streams. */
export type CallName = {
  [Name in EndpointName]: Endpoints[Name] extends { readonly answer: z.ZodType } ? Name : never;
}[EndpointName];

/** The query or the body of a call. */
export type Asked<Name extends EndpointName> = AskedOf<Endpoints[Name]>;

/** What a call resolves with: the body of the answer without `success`, and the run that it started. */
export type Answer<Name extends CallName> = AnswerOf<Endpoints[Name]> &
  (Endpoints[Name] extends { readonly hasLocation: true } ? { readonly runId: string } : unknown);

export interface CallOptions {
  /** Ends the call; it rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
}

/** Without an input where the endpoint takes none; it may be left out where all of it may. */
type Arguments<Name extends EndpointName> =
  Asked<Name> extends undefined
    ? [options?: CallOptions]
    : object extends Exclude<Asked<Name>, undefined>
      ? [input?: Asked<Name>, options?: CallOptions]
      : [input: Asked<Name>, options?: CallOptions];

/** A report without its lists. */
export type Run = z.output<typeof run>;
/** A report with a part of its lists. */
export type RunWithRows = z.output<typeof runWithRows>;
/** What a run did, or wants to do, to one person. */
export type Change = z.output<typeof change>;

/** `progress` whenever something has changed, `finished` last and once. */
export type RunEvent =
  { readonly type: 'progress'; readonly run: Run } | { readonly type: 'finished'; readonly run: RunWithRows };

/** One method an endpoint, and the events of a run. Rejections are {@link ApiError}s. */
export type LdapSyncClient = {
  readonly [Name in CallName]: (...given: Arguments<Name>) => Promise<Answer<Name>>;
} & {
  /**
   * One picture of a person. Rejects with an {@link ApiError} where there is none to be shown.
   */
  readonly photo: (input: Asked<'photo'>, options?: CallOptions) => Promise<Blob>;
  /**
   * The events of a run, to its end. A stream that breaks off is connected again, and goes on where it was.
   */
  readonly runEvents: (input: Asked<'runEvents'>, options?: CallOptions) => AsyncIterable<RunEvent>;
};

export interface Credentials {
  /** The `_id` of the user. */
  readonly userId: string;
  /** The login token. */
  readonly authToken: string;
}

type ChallengeDetails = z.output<typeof challengeDetails>;

export type SecondFactorMethod = ChallengeDetails['method'];

/** A call was answered that it needs a code, or another one. */
export interface Challenge extends ChallengeDetails {
  readonly errorType: 'totp-required' | 'totp-invalid' | 'totp-max-attempts';
}

export interface SecondFactor {
  readonly method: SecondFactorMethod;
  /** A code; or the password itself, which is hashed before it is sent. */
  readonly code: string;
}

export interface ClientOptions {
  /** Where the router is mounted: `https://chat.example.org/api/v1`, or a path such as `/api/v1` in a browser. */
  readonly url: string;
  /** Asked before each call, since they may change. */
  readonly credentials: () => Credentials | undefined | Promise<Credentials | undefined>;
  /**
   * Asked when a call needs a second factor, and again while the code is wrong, at most three times; `undefined` gives
   * up. Without it, and when no attempts are left, the call rejects with what the server says.
   */
  readonly secondFactor?: (challenge: Challenge) => Promise<SecondFactor | undefined>;
  /** @default that of the platform */
  readonly fetch?: typeof globalThis.fetch;
  /** How long an answer may take, in milliseconds. @default two minutes, since a test of the settings may take one */
  readonly timeoutMs?: number;
}
