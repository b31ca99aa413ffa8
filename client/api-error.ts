const MAX_TEXT = 2_000;

/** What is known of a refusal or a failure. */
export interface ApiErrorFields {
  readonly status: number;
  readonly errorType?: string | undefined;
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly retryAfterSeconds?: number | undefined;
  readonly cause?: unknown;
}

/** A call was refused, or could not be made or answered. Carries neither credentials nor codes. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** Of HTTP; 0 when no answer came. */
  readonly status: number;
  /** The stable name of the reason, where there is one. Texts may change. */
  readonly errorType: string | undefined;
  /** Often has `remedy`. */
  readonly details: Readonly<Record<string, unknown>> | undefined;
  /** After which time the call may be repeated: of 429 and 503. */
  readonly retryAfterSeconds: number | undefined;

  constructor(message: string, { status, errorType, details, retryAfterSeconds, cause }: ApiErrorFields) {
    super(
      message.length > MAX_TEXT ? `${message.slice(0, MAX_TEXT)}…` : message,
      cause === undefined ? {} : { cause },
    );
    this.status = status;
    this.errorType = errorType;
    this.details = details;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
