import type { AsciiBuffer } from '../text/ascii-buffer.ts';

/**
 * The beginning of a form body, `name=value`, which its maker has written in bytes: of a long text the engine would keep a copy for each step that it takes
 * on its way to the socket. The buffer is the draft's own as long as the request is.
 */
export class FormDraft {
  readonly #text: AsciiBuffer;
  readonly #length: number;

  constructor(text: AsciiBuffer) {
    this.#text = text;
    this.#length = text.length;
  }

  /** What its maker has written. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#text.bytes.subarray(0, this.#length);
  }

  /** The whole form with these parameters, which are in the way of forms already. Good until it is completed anew, for another try. */
  complete(params: string): Uint8Array<ArrayBuffer> {
    this.#text.truncate(this.#length);
    if (params !== '') this.#text.append(`&${params}`);
    return this.#text.bytes;
  }
}
