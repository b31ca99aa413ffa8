import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ApiError } from '../../client/index.js';
import type { Server } from '../api/server.js';

export interface Session {
  readonly server: Server;
  readonly userId: string;
  readonly signOut: () => void;
  /** Tells of an answer that may mean that the sign-in or the permission is gone. */
  readonly failed: (error: ApiError) => void;
}

export const SessionContext = createContext<Session | undefined>(undefined);

export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('Nobody is signed in.');
  return session;
}
