import type { UseCase } from '../graph/send.ts';
import type { JsonObject, JsonSchema } from '../protocol/messages.ts';
import type { AccountReader } from './account-reader.ts';
import type { Row } from './stream.ts';
import type { StatusSetting } from './stream-settings.ts';

/** A stream that lists objects of each ad account. Adding a stream is adding one of these and a schema. */
export interface EdgeDefinition {
  readonly name: string;
  /** The edge of the ad account: `ads`. Empty for the account itself. */
  readonly edge: string;
  /** One JSON Schema for the records; its properties are the fields that are asked for. */
  readonly schema: JsonSchema;
  readonly primaryKey: readonly string[];
  /** The property that makes the stream incremental. */
  readonly cursorField?: string;
  readonly read: AccountReader;
  /** The start date bounds no first read: what the stream gives belongs to objects however old. */
  readonly ignoresStartDate?: boolean;
  /** The object's name in Meta's `filtering`: `ad` in `ad.updated_time`. */
  readonly filterPrefix?: string;
  readonly statusFilter?: StatusFilter;
  readonly useCase?: UseCase;
  /** Default true. False for edges whose objects have no `id`. */
  readonly hasNodes?: boolean;
  /** The largest page worth asking for. Default 500. */
  readonly pageCeiling?: number;
  /** Properties of the schema that are made here, each with the fields it is made from. */
  readonly computed?: Readonly<Record<string, readonly string[]>>;
  /** Fills computed properties in. `row` has the requested fields only. */
  readonly compute?: (row: Row, accountId: string) => void;
  /** The identity of a row where `id` is not one. */
  readonly identify?: (row: Row) => string;
  /** Tells apart events that are alike in all that identifies them: the nth of them is marked with n, from 0. */
  readonly numberTwin?: { readonly keyOf: (row: Row) => string; readonly mark: (row: Row, number: number) => void };
  /** Fields that are asked for whatever is selected. */
  readonly alwaysRequested?: readonly string[];
  /** Keys that the state has beside the accounts, for the connector this one can be swapped with. */
  readonly stateBase?: JsonObject;
  /** Fields that need a permission which many tokens lack. */
  readonly suspects?: readonly string[];
}

/** How a stream's objects are chosen by status. Archived and deleted objects are hidden unless a filter names them. */
export interface StatusFilter {
  readonly setting: StatusSetting;
  /** All values of `effective_status`. */
  readonly all: readonly string[];
}

/** Hidden by Meta where no filter names them. */
export const HIDDEN_STATUSES: readonly string[] = ['ARCHIVED', 'DELETED'];
