export interface EmulatorRequest {
  readonly method: string;
  /** Path and query: `/v25.0/me?fields=id`. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Form-encoded, JSON by its `content-type`, or empty; a control request's body is JSON. */
  readonly body: string;
}

/** What happens to the body on its way to the caller. */
export type Delivery = 'whole' | 'slow' | 'truncated' | 'reset' | 'never' | 'unreachable';

export interface EmulatorResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly delivery: Delivery;
  /** Of an `unreachable` one: what the caller's network calls the reason. */
  readonly networkCode?: string;
}
