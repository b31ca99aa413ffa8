export interface SecondFactorCode {
  readonly method: 'totp';
  readonly code: string;
}

type Body = Readonly<Record<string, unknown>>;

/** Calls of an API. Each throws with the server's own words when it is refused. */
export interface Call {
  /** `address`: below the API, or a whole URL. */
  get(address: string): Promise<Body>;
  post(
    address: string,
    body: object | undefined,
    factor?: SecondFactorCode,
  ): Promise<{ readonly body: Body; readonly location: string | undefined }>;
}

/** `api`: where the endpoints are, such as `http://127.0.0.1:3000/api/v1`. */
export function createCall(api: string, headers: Readonly<Record<string, string>>): Call {
  async function call(address: string, init: RequestInit): Promise<{ body: Body; headers: Headers }> {
    const url = new URL(address, `${api}/`);
    const response = await fetch(url, init);
    const body = (await response.json()) as Body;
    if (!response.ok)
      throw new Error(`${url.pathname} answered ${response.status}: ${String(body.error ?? body.message)}`);
    return { body, headers: response.headers };
  }

  return {
    get: async (address) => (await call(address, { headers })).body,
    async post(address, body, factor) {
      const answer = await call(address, {
        method: 'POST',
        headers: {
          ...headers,
          ...(factor ? { 'x-2fa-method': factor.method, 'x-2fa-code': factor.code } : {}),
          ...(body ? { 'Content-Type': 'application/json' } : {}),
        },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
      return { body: answer.body, location: answer.headers.get('location') ?? undefined };
    },
  };
}
