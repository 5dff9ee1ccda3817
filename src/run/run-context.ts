import type { MessageWriter } from '../protocol/message-writer.ts';
import type { Runtime } from '../runtime.ts';

/** What every command works with. */
export interface RunContext {
  readonly runtime: Runtime;
  readonly messages: MessageWriter;
}
