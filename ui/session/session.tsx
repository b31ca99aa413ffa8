import type { ComponentChildren } from 'preact';
import { useCallback, useMemo, useRef, useState } from 'preact/hooks';
import { createServer } from '../api/server.js';
import type { ApiError, Credentials } from '../../client/index.js';
import { useSecondFactor } from '../second-factor/second-factor.js';
import { Forbidden } from './forbidden.js';
import { SessionContext, type Session } from './session-context.js';
import { SignIn } from './sign-in.js';
import { findCredentials, forgetCredentials, keepCredentials } from './stored-credentials.js';

/** What is missing besides the sign-in itself. */
type Lack = 'expired' | 'permission';

const PERMISSION = 'sync-auth-services-users';

/**
 * Shows the page to who is signed in, and the way in to everybody else. What was on the page stays while somebody
 * signs in again, so that nothing that was chosen is lost.
 */
export function SessionProvider({
  api,
  children,
}: {
  readonly api: string;
  readonly children: ComponentChildren;
}) {
  const found = useRef(findCredentials());
  const [credentials, setCredentials] = useState<Credentials | undefined>(found.current[0]?.credentials);
  const [lack, setLack] = useState<Lack>();
  const current = useRef(credentials);
  current.current = credentials;
  const askForCode = useSecondFactor();

  const signOut = useCallback(() => {
    forgetCredentials();
    setLack(undefined);
    setCredentials(undefined);
  }, []);

  const failed = useCallback(({ status, errorType, message }: ApiError) => {
    if (status === 401) {
      // The sign-in of the page may be over while that of the chat server's client still holds.
      found.current = found.current.filter(
        ({ credentials: one }) => one.authToken !== current.current?.authToken,
      );
      forgetCredentials();
      const next = found.current[0]?.credentials;
      if (next) setCredentials(next);
      else setLack('expired');
    }
    if (status === 403 || errorType === 'error-not-authorized' || message === 'error-not-authorized')
      setLack('permission');
  }, []);

  const session = useMemo<Session | undefined>(
    () =>
      credentials && {
        server: createServer({ url: api, credentials: () => current.current, secondFactor: askForCode }),
        userId: credentials.userId,
        signOut,
        failed,
      },
    [credentials, api],
  );

  const enter = (given: Credentials, stay: boolean): void => {
    if (stay) keepCredentials(given);
    setLack(undefined);
    setCredentials(given);
  };
  if (!session) return <SignIn api={api} askForCode={askForCode} enter={enter} />;
  return (
    <SessionContext.Provider value={session}>
      {lack === 'permission' ? (
        <Forbidden permission={PERMISSION} again={() => setLack(undefined)} signOut={signOut} />
      ) : (
        <>
          <div key={session.userId} class="session" inert={lack === 'expired'}>
            {children}
          </div>
          {lack === 'expired' && <SignIn isExpired api={api} askForCode={askForCode} enter={enter} />}
        </>
      )}
    </SessionContext.Provider>
  );
}
