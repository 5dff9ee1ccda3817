import type { Counters } from '../counters.ts';
import { createFaultError } from '../faults/fault-error.ts';
import { audienceFields } from '../world/fields/audience-fields.ts';
import type { Item } from '../world/kind.ts';
import { parseObjectId } from '../world/object-id.ts';
import type { ObjectPatch } from '../world/overlay.ts';
import type { World } from '../world/world.ts';
import { AudienceRecord } from './audience-record.ts';
import { describeRefusal } from './audience-refusal.ts';
import { type AudienceState, describeState, describeStatus } from './audience-state.ts';
import type { AudiencesOptions } from './audiences-options.ts';
import type { Member } from './member.ts';
import { UploadLog, type UploadSeen } from './upload-log.ts';

/** What a complete uploader must have brought about. */
export interface AudienceTruth {
  /** The people in an audience who were uploaded here. */
  members(audienceId: string): readonly Member[];
  countMembers(audienceId: string): number;
  /** `identifier` is `EMAIL:<hash>`, `EXTERN_ID:42`, … */
  hasMember(audienceId: string, identifier: string): boolean;
  /** Uploads as they came, taken or not, the last 10,000 of them; those of one audience or account (`act_1`), or all. */
  uploads(target?: string): readonly UploadSeen[];
}

interface Sources {
  readonly world: () => World;
  readonly options: () => AudiencesOptions;
  readonly now: () => number;
  readonly counters: Counters;
}

/** Everything that was written to custom audiences. */
export class Audiences implements AudienceTruth {
  readonly log = new UploadLog();
  readonly #sources: Sources;
  readonly #records = new Map<string, AudienceRecord>();
  #uploads = 0;
  #replacements = 0;

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** The record of an audience, begun by the first call that needs it, as it is now. */
  open(item: Item): AudienceRecord {
    const world = this.#sources.world();
    const id = world.idOf(item);
    const known = this.find(id);
    if (known !== undefined) return known;
    const { counters } = this.#sources;
    const record = new AudienceRecord({
      id,
      slot: item.slot,
      otherMembers: countAtFirst(world, item),
      counters: counters.audiences,
    });
    this.#records.set(id, record);
    return record;
  }

  find(id: string): AudienceRecord | undefined {
    const record = this.#records.get(id);
    record?.settle(this.#sources.now(), this.#sources.options().replaceProcessingMs);
    return record;
  }

  /** The records of an account's audiences. */
  listOfAccount(slot: number): readonly AudienceRecord[] {
    return [...this.#records.keys()].map((id) => this.find(id)).filter((record) => record?.slot === slot) as AudienceRecord[];
  }

  stateOf(id: string): AudienceState {
    const { audienceStates } = this.#sources.options();
    return Object.hasOwn(audienceStates, id) ? (audienceStates[id] ?? {}) : {};
  }

  /** How many people there are, those included whom nobody has named here. */
  sizeOf(record: AudienceRecord): number {
    const others = this.stateOf(record.id).otherMembers ?? record.otherMembers;
    return record.members.size + (record.isReplaced ? 0 : others);
  }

  /** The code of `operation_status`. */
  statusOf(record: AudienceRecord): number {
    const { operationStatus, flagged } = this.stateOf(record.id);
    if (operationStatus !== undefined) return operationStatus;
    if (flagged === true) return 471;
    if (record.replacement !== undefined) return 414;
    return record.hasFailed ? 415 : 200;
  }

  /** What was done to an object since the world began, as fields that replace its own. */
  describe(item: Item): ObjectPatch | undefined {
    if (item.kind === 'account') return this.#describeAccount(item);
    return item.kind === 'audience' ? this.#describeAudience(item) : undefined;
  }

  /** Throws where the audience was deleted and such audiences are to say so. */
  checkNotDeleted(id: string): void {
    if (this.#sources.options().deletedAudienceAnswer === '100/33' || parseObjectId(id)?.kind !== 'audience') return;
    if (this.#sources.world().overlay.isRemoved(id)) throw createFaultError('deleted_1487366');
  }

  /** Counts uploads that carry rows, from 1. */
  countUpload(): number {
    this.#uploads += 1;
    return this.#uploads;
  }

  /** Counts replacements begun, from 1. */
  countReplacement(): number {
    this.#replacements += 1;
    return this.#replacements;
  }

  members(audienceId: string): readonly Member[] {
    return this.#findKnown(audienceId)?.members.list() ?? [];
  }

  countMembers(audienceId: string): number {
    return this.#findKnown(audienceId)?.members.size ?? 0;
  }

  hasMember(audienceId: string, identifier: string): boolean {
    return this.#findKnown(audienceId)?.members.has(identifier) ?? false;
  }

  uploads(target?: string): readonly UploadSeen[] {
    return this.log.list(target);
  }

  clear(): void {
    this.#records.clear();
    this.log.clear();
  }

  #findKnown(audienceId: string): AudienceRecord | undefined {
    const record = this.find(audienceId);
    if (record === undefined && this.#sources.world().find(audienceId)?.kind !== 'audience') {
      throw new RangeError(`there is no audience ${audienceId}`);
    }
    return record;
  }

  #describeAccount({ slot }: Item): ObjectPatch | undefined {
    const { audienceRefusals } = this.#sources.options();
    const { id } = this.#sources.world().account(slot);
    const refusal = Object.hasOwn(audienceRefusals, id) ? audienceRefusals[id] : undefined;
    return refusal === undefined ? undefined : describeRefusal(refusal);
  }

  #describeAudience(item: Item): ObjectPatch | undefined {
    const world = this.#sources.world();
    const { audienceStates, hideAudienceCounts } = this.#sources.options();
    const id = world.idOf(item);
    const state = this.stateOf(id);
    const known = this.find(id);
    if (known === undefined && !hideAudienceCounts && !Object.hasOwn(audienceStates, id)) return undefined;
    const record = known ?? this.open(item);
    const status = this.statusOf(record);
    const size = this.sizeOf(record);
    const hasOwnSize = record.isTouched || state.otherMembers !== undefined;
    return {
      ...record.fields,
      ...(hasOwnSize || hideAudienceCounts ? describeCounts(size, hideAudienceCounts) : {}),
      ...(hasOwnSize || status !== 200 ? describeStatus(status, size) : {}),
      ...describeState(state),
    };
  }
}

/** Bounds in steps of a hundred, as an exact number would tell who is in it. */
function describeCounts(size: number, isHidden: boolean): ObjectPatch {
  const lower = isHidden ? -1 : size - (size % 100);
  return { approximate_count_lower_bound: lower, approximate_count_upper_bound: isHidden ? -1 : lower + 100 };
}

function countAtFirst(world: World, item: Item): number {
  if (item.index >= world.baseCount('audience')) return 0;
  return Number(audienceFields['approximate_count_lower_bound']?.(item, world) ?? 0);
}
