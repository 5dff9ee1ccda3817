/** A value that its maker has written in the way of forms already, where that is cheaper than to have a long text written anew. */
export class EncodedParam {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
