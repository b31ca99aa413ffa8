import type { IncomingMessage } from 'node:http';

/** Who is calling. */
export interface Principal {
  /** `users._id` */
  readonly userId: string;
  readonly username?: string;
  /**
   * Identifies the login token or session that was presented; never the token itself. Calls and wrong codes
   * are counted by it, so that a stolen token spends its own and not the user's. Without it they are counted
   * by user.
   */
  readonly tokenId?: string;
}

/**
 * Says who sent the request, or `undefined` for nobody (answered with 401). The default reads `X-Auth-Token`
 * and `X-User-Id` against `users.services.resume.loginTokens`.
 */
export type Authenticate = (request: IncomingMessage) => Promise<Principal | undefined>;

/**
 * Says whether the principal holds a permission. The default is `rocketchat_permissions.roles` ∩
 * `users.roles`.
 */
export type Authorize = (principal: Principal, permission: string) => Promise<boolean>;
