import { createHash, randomBytes } from 'node:crypto';
import { hashSync, verify } from '@node-rs/bcrypt';
import express, { type RequestHandler } from 'express';
import type { Connection } from 'mongoose';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { isActive } from '../../models/active-user.js';
import type { UserRecord } from '../../models/user.js';

const MAX_LENGTH = 256;
const ATTEMPTS = 10;
const WINDOW_SECONDS = 60;
/** The hash of no password: an unknown user is refused as slowly as a known one. */
const NOBODY = hashSync(randomBytes(16).toString('hex'), 10);

const UNAUTHORIZED = { status: 'error', error: 'Unauthorized', message: 'Unauthorized' };

/**
 * `POST /api/v1/login` with `{"user": "name or address", "password": "…"}`, answered as Rocket.Chat does. Of
 * its own, Rocket.Chat asks for the second factor here too; this example leaves that to the endpoints that
 * demand one.
 */
export function createLogin(connection: Connection): readonly RequestHandler[] {
  const users = connection.collection<UserRecord>('users');
  const attempts = new RateLimiterMemory({ points: ATTEMPTS, duration: WINDOW_SECONDS });

  const login: RequestHandler = async (request, response) => {
    try {
      await attempts.consume(request.ip ?? '');
    } catch {
      response.status(429).json({ success: false, error: 'Too many attempts; wait a minute.' });
      return;
    }
    const { user: name, password } = (request.body ?? {}) as Record<string, unknown>;
    if (!isText(name) || !isText(password)) {
      response.status(400).json({ success: false, error: 'The body must be {"user": "…", "password": "…"}' });
      return;
    }
    const user = await users.findOne({ $or: [{ username: name }, { 'emails.address': name }] });
    // The prefix of a bcrypt is what counts of a long password, so Rocket.Chat hashes its SHA-256.
    const digest = createHash('sha256').update(password).digest('hex');
    const isRight = await verify(digest, user?.services?.password?.bcrypt ?? NOBODY);
    if (!user || !isRight || !isActive(user)) {
      response.status(401).json(UNAUTHORIZED);
      return;
    }
    const authToken = randomBytes(32).toString('base64url');
    const hashedToken = createHash('sha256').update(authToken).digest('base64');
    await users.updateOne(
      { _id: user._id },
      { $push: { 'services.resume.loginTokens': { hashedToken, when: new Date() } } },
    );
    response.json({ status: 'success', data: { userId: user._id, authToken } });
  };
  return [express.json({ limit: '16kb' }), login];
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length > 0 && value.length <= MAX_LENGTH;
}
