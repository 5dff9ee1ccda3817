import { FormDraft } from '../../src/graph/form-draft.ts';
import { AsciiBuffer } from '../../src/text/ascii-buffer.ts';

/** A form body that begins with this text. */
export function draftOf(text: string): FormDraft {
  const buffer = new AsciiBuffer();
  buffer.append(text);
  return new FormDraft(buffer);
}
