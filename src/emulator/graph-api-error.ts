export interface GraphApiErrorOptions {
  /** HTTP status; default 400. */
  readonly status?: number;
  /** Default `OAuthException`; null leaves the key out. */
  readonly type?: string | null;
  readonly code?: number;
  readonly subcode?: number;
  readonly isTransient?: boolean;
  readonly userTitle?: string;
  readonly userMessage?: string;
  readonly errorData?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Title of an HTML page that comes in place of the envelope. */
  readonly page?: string;
}

/** An error as the Graph API answers it. `message` is the envelope's message. */
export class GraphApiError extends Error {
  override readonly name = 'GraphApiError';
  readonly options: GraphApiErrorOptions;

  constructor(message: string, options: GraphApiErrorOptions) {
    super(message);
    this.options = options;
  }

  get status(): number {
    return this.options.status ?? 400;
  }

  /** The answer's body. Keys without a value are left out, as many real answers do. */
  toBody(traceId: string): object {
    const { type = 'OAuthException', code, subcode, isTransient, userTitle, userMessage, errorData } = this.options;
    return {
      error: {
        message: this.message,
        type: type ?? undefined,
        code,
        error_subcode: subcode,
        is_transient: isTransient,
        error_user_title: userTitle,
        error_user_msg: userMessage,
        error_data: errorData,
        fbtrace_id: traceId,
      },
    };
  }
}

/** 100: something about the request's parameters is wrong. */
export function createParameterError(message: string): GraphApiError {
  return new GraphApiError(`(#100) ${message}`, { code: 100 });
}

/** 100/33: the object does not exist, or the token may not know that it does. */
export function createMissingError(method: string, id: string): GraphApiError {
  return new GraphApiError(
    `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to missing permissions, ` +
      'or does not support this operation. Please read the Graph API documentation at https://developers.facebook.com/docs/graph-api',
    { code: 100, subcode: 33, type: 'GraphMethodException' },
  );
}
