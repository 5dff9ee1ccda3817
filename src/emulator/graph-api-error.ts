/** How much of the envelope an error comes in. Real answers lack any of its keys but the message, and the envelope itself. */
export const envelopes = ['whole', 'bare', 'message_only', 'blame_object', 'blame_text', 'localised'] as const;
export type Envelope = (typeof envelopes)[number];

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
  /**
   * Default `whole`. `bare` is the error without `error` around it, `blame_object` and `blame_text` have `error_data` as an object and as its JSON,
   * `localised` is in another language.
   */
  readonly envelope?: Envelope;
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
    const { type = 'OAuthException', code, subcode, isTransient, userTitle, userMessage, errorData, envelope } = this.options;
    const error = {
      message: this.message,
      type: type ?? undefined,
      code,
      error_subcode: subcode,
      is_transient: isTransient,
      error_user_title: userTitle,
      error_user_msg: userMessage,
      error_data: errorData,
      fbtrace_id: traceId,
    };
    switch (envelope) {
      case 'bare':
        return error;
      case 'message_only':
        return { error: { message: this.message } };
      case 'blame_object':
        return { error: { ...error, error_data: BLAME } };
      case 'blame_text':
        return { error: { ...error, error_data: JSON.stringify(BLAME) } };
      case 'localised':
        return { error: { ...error, ...SPANISH } };
      default:
        return { error };
    }
  }
}

const BLAME = { blame_field_specs: [['fields']] };
const SPANISH = {
  message: 'No se pudo completar la solicitud.',
  error_user_title: 'Se produjo un error',
  error_user_msg: 'Vuelve a intentarlo más tarde.',
};

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
