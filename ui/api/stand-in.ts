/* eslint-disable */
// Temporary: replaced by client/.
export interface Credentials { readonly userId: string; readonly authToken: string }
export type SecondFactorMethod = 'email' | 'totp' | 'password';
export interface Challenge {
  readonly errorType: 'totp-required' | 'totp-invalid' | 'totp-max-attempts';
  readonly method: SecondFactorMethod;
  readonly availableMethods: readonly SecondFactorMethod[];
  readonly codeExpires?: string;
  readonly emailOrUsername?: string;
  readonly codeGenerated?: boolean;
}
export interface ClientOptions {
  readonly url: string;
  readonly credentials: () => Credentials | undefined | Promise<Credentials | undefined>;
  readonly secondFactor?: (challenge: Challenge) => Promise<{ readonly method: SecondFactorMethod; readonly code: string } | undefined>;
  readonly fetch?: typeof globalThis.fetch;
}
export class ApiError extends Error {
  constructor(message: string, readonly status: number, readonly errorType?: string, readonly details?: any, readonly retryAfterSeconds?: number) { super(message); }
}
async function sha256(text: string) {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, '0')).join('');
}
export function createClient(options: ClientOptions): any {
  const f = options.fetch ?? ((i: any, init: any) => fetch(i, init));
  async function headers() {
    const c = await options.credentials();
    return c ? { 'X-User-Id': c.userId, 'X-Auth-Token': c.authToken } : {};
  }
  async function call(method: string, verb: string, input: any, { signal }: any = {}, factor?: any, tries = 0): Promise<any> {
    const query = method === 'GET' && input ? `?${new URLSearchParams(Object.entries(input).filter(([, v]) => v !== undefined).map(([k, v]) => [k, String(v)]))}` : '';
    let response: Response;
    try {
      response = await f(`${options.url}/ldap.${verb}${query}`, {
        method, signal,
        headers: { ...(await headers()), ...(method === 'POST' ? { 'Content-Type': 'application/json' } : {}), ...(factor ? { 'x-2fa-method': factor.method, 'x-2fa-code': factor.method === 'password' ? await sha256(factor.code) : factor.code } : {}) } as any,
        ...(method === 'POST' ? { body: JSON.stringify(input ?? {}) } : {}),
      });
    } catch (e) { if ((e as any)?.name === 'AbortError') throw e; throw new ApiError(String(e), 0); }
    const body: any = await response.json().catch(() => ({}));
    if (response.ok) {
      const runId = /runId=(\w+)/.exec(response.headers.get('location') ?? '')?.[1];
      return runId ? { ...body, runId } : body;
    }
    if (/^totp-/.test(body.errorType ?? '') && options.secondFactor && tries < 3) {
      const given = await options.secondFactor({ errorType: body.errorType, ...body.details });
      if (given) return call(method, verb, input, { signal }, given, tries + 1);
    }
    throw new ApiError(body.error ?? body.message ?? `HTTP ${response.status}`, response.status, body.errorType, body.details, Number(/(\d+) seconds/.exec(body.error ?? '')?.[1]) || undefined);
  }
  async function* runEvents({ runId }: any, { signal }: any = {}) {
    const response = await f(`${options.url}/ldap.runEvents?runId=${runId}`, { headers: (await headers()) as any, signal });
    if (!response.ok) throw new ApiError(`HTTP ${response.status}`, response.status);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let buffer = '';
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      buffer += value;
      for (let end; (end = buffer.indexOf('\n\n')) >= 0; buffer = buffer.slice(end + 2)) {
        const block = buffer.slice(0, end);
        const event = /^event: (.*)$/m.exec(block)?.[1], data = /^data: (.*)$/m.exec(block)?.[1];
        if (event && data) yield { event, data: JSON.parse(data) };
        if (event === 'finished') return;
      }
    }
  }
  const get = (verb: string) => (input?: any, o?: any) => call('GET', verb, input, o);
  const post = (verb: string) => (input?: any, o?: any) => call('POST', verb, input, o);
  return {
    status: get('status'), listRuns: get('listRuns'), runInfo: get('runInfo'), runChanges: get('runChanges'),
    explainUser: get('explainUser'), settingsHistory: get('settingsHistory'),
    syncNow: post('syncNow'), previewSync: post('previewSync'), approveRun: post('approveRun'), rejectRun: post('rejectRun'),
    revertRun: post('revertRun'), cancelRun: post('cancelRun'), runEvents,
  };
}
