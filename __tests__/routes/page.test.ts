import express, { type Express } from 'express';
import mongoose from 'mongoose';
import request from 'supertest';
import { createLdapSync } from '../../lib/create-ldap-sync.js';
import { LdapSyncError } from '../../lib/errors.js';
import type { PageOptions } from '../../lib/page/page-options.js';
import { createPageFiles } from '../../lib/page/page-files.js';
import { createPageRouter } from '../../lib/page/page-router.js';

/** The database is away, which must not matter. */
function createHost({ page, at = '/ldap-sync' }: { page?: PageOptions; at?: string } = {}): Express {
  const ldapSync = createLdapSync({ connection: mongoose.createConnection(), ...(page ? { page } : {}) });
  const app = express();
  app.use(at, ldapSync.page);
  app.use((_request, response) => {
    response.status(404).send('of the host');
  });
  return app;
}

describe('the page router', () => {
  it.each([
    ['/ldap-sync', './ldap-sync/'],
    ['/deep/prefix/Sync', './Sync/'],
    ['/deep/prefix/Sync?x=1', './Sync/'],
  ])(
    'sends %s to the slash at its end, relative to where a proxy may have put it',
    async (path, location) => {
      const response = await request(createHost({ at: path.split('?')[0] ?? '' })).get(path);
      expect([response.status, response.headers.location]).toEqual([302, location]);
    },
  );

  it('gives index.html without being kept, under a policy that allows its own files only', async () => {
    const { status, headers, text } = await request(createHost()).get('/ldap-sync/');
    expect(status).toBe(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['content-security-policy']).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; " +
        "base-uri 'none'; form-action 'none'; frame-ancestors 'self'; require-trusted-types-for 'script'; " +
        "trusted-types 'none'",
    );
    expect(text).toContain('<meta name="api" content="/api/v1" />');
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon\w+=|https?:\/\//);
  });

  it('gives each file that index.html names, to be kept for a year, zipped where that is asked for', async () => {
    const app = createHost();
    const { text } = await request(app).get('/ldap-sync/');
    const names = [...text.matchAll(/\.\/(assets\/[\w.-]+)/g)].map(([, name]) => name);
    expect(names).toHaveLength(3);
    for (const name of names) {
      const zipped = await request(app).get(`/ldap-sync/${name}`).set('Accept-Encoding', 'gzip');
      const plain = await request(app).get(`/ldap-sync/${name}`).set('Accept-Encoding', 'identity');
      expect(zipped.headers['content-encoding']).toBe('gzip');
      expect(plain.headers['content-encoding']).toBeUndefined();
      expect(plain.headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(plain.headers['content-type']).toMatch(
        /^(text\/(css|javascript); charset=utf-8|image\/svg\+xml)$/,
      );
    }
  });

  it.each([
    'files.json',
    '..%2Ffiles.json',
    '..%2F..%2Fpackage.json',
    '%2e%2e%2findex.html',
    'constructor',
    '%00',
  ])('gives no file %s, as only what the build lists is ever read', async (name) => {
    const { status, text } = await request(createHost()).get(`/ldap-sync/assets/${name}`);
    expect([status, text]).toEqual([404, 'There is no such file.']);
  });

  it('leaves every other path and method to the host', async () => {
    const app = createHost();
    expect((await request(app).get('/ldap-sync/other')).text).toBe('of the host');
    expect((await request(app).post('/ldap-sync/')).text).toBe('of the host');
    expect((await request(app).head('/ldap-sync/')).status).toBe(200);
  });

  it('tells the page where the API is, and browsers who may frame it', async () => {
    const page = {
      api: '../chat/api/v1',
      frameAncestors: ['https://chat.example.org', 'http://localhost:3000'],
    };
    const { text, headers } = await request(createHost({ page })).get('/ldap-sync/');
    expect(text).toContain('<meta name="api" content="../chat/api/v1" />');
    expect(headers['content-security-policy']).toContain(
      "frame-ancestors 'self' https://chat.example.org http://localhost:3000;",
    );
  });

  it.each<[string, PageOptions]>([
    ['another origin', { api: 'https://elsewhere.example/api' }],
    ['another origin without a scheme', { api: '//elsewhere.example/api' }],
    ['a path that ends the attribute', { api: '/api"><script>' }],
    ['script', { api: 'javascript:alert(1)' }],
    [
      'an origin with another directive',
      { frameAncestors: ["https://a.example; script-src 'unsafe-inline'"] },
    ],
    ['an origin with a path', { frameAncestors: ['https://a.example/x'] }],
    ['an unknown option', { base: '/x' } as PageOptions],
  ])('refuses %s as an option', (_what, page) => {
    expect(() => createHost({ page })).toThrow(LdapSyncError);
  });

  it('says how to build the page where it was not built', async () => {
    const nowhere = new URL('file:///nowhere/');
    const app = express().use('/p', createPageRouter({}, createPageFiles([nowhere])));
    const { status, text } = await request(app).get('/p/');
    expect(status).toBe(503);
    expect(text).toContain('npm run build:page');
  });
});
