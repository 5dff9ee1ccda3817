/**
 * A value that its maker has written in the way of forms already, where that is cheaper than to have megabytes written anew. In bytes, all of them ASCII: of
 * a long text the engine would keep a copy for each step that it takes on its way to the socket.
 */
export class EncodedParam {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}
