import { pipeline } from 'node:stream/promises';
import type { RequestHandler, Response } from 'express';
import { mongo, type Connection } from 'mongoose';
import type { AvatarRecord } from '../../models/avatar.js';

const IMAGE_TYPES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp']);
const MAX_USERNAME_LENGTH = 256;

/**
 * `GET /avatar/:username`: the photo, else the initial of the name. A photo that has not changed is not sent
 * again.
 */
export function createAvatarRoute(connection: Connection): RequestHandler<{ username: string }> {
  const avatars = connection.collection<AvatarRecord>('rocketchat_avatars');

  return async (request, response) => {
    const { username } = request.params;
    if (username.length > MAX_USERNAME_LENGTH) {
      response.status(400).json({ success: false, error: 'The user name is too long.' });
      return;
    }
    // Names and files come from a directory: nothing a browser gets from here may run.
    response.set({
      'X-Content-Type-Options': 'nosniff',
      'Content-Security-Policy': "default-src 'none'; style-src 'unsafe-inline'",
      'Cache-Control': 'no-cache',
    });
    const avatar = await avatars.findOne({ name: username, complete: true }, { sort: { uploadedAt: -1 } });
    if (!avatar) return sendInitial(response, username);
    response.set('ETag', `"${encodeURIComponent(avatar.etag ?? avatar._id)}"`);
    if (request.fresh) {
      response.status(304).end();
      return;
    }
    response.set(
      'Content-Type',
      IMAGE_TYPES.has(avatar.type ?? '') ? avatar.type : 'application/octet-stream',
    );
    if (avatar.size !== undefined) response.set('Content-Length', String(avatar.size));
    if (request.method === 'HEAD') {
      response.end();
      return;
    }
    const bucket = new mongo.GridFSBucket(connection.db as mongo.Db, { bucketName: 'rocketchat_avatars' });
    await pipeline(bucket.openDownloadStream(avatar._id as never), response);
  };
}

function sendInitial(response: Response, username: string): void {
  const initial = /[\p{L}\p{N}]/u.exec(username)?.[0].toUpperCase() ?? '?';
  response
    .type('image/svg+xml')
    .send(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><rect width="100" height="100" ' +
        'fill="#6c727a"/>' +
        '<text x="50" y="68" font-family="sans-serif" font-size="52" text-anchor="middle" ' +
        `fill="#fff">${initial}</text></svg>`,
    );
}
