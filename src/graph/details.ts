import { type BatchOutcome, chunksOf, MAX_BATCH_PARTS, sendBatch } from './batch.ts';
import type { GraphClient } from './client.ts';
import type { FieldMemory } from './field-memory.ts';
import type { GraphError } from './graph-error.ts';
import type { CallContext, UseCase } from './send.ts';

/** A failed request for no more fields than this is taken apart into single ones. */
const SINGLE_FIELDS = 16;

export type GraphObject = Record<string, unknown>;

export interface DetailsRequest {
  readonly ids: readonly string[];
  readonly fields: readonly string[];
  readonly account?: string;
  readonly useCase?: UseCase;
  readonly context?: CallContext;
  /** What is learned about fields that can not be read; shared by the calls of one walk. */
  readonly memory?: FieldMemory;
}

export interface Detail {
  readonly id: string;
  /** What could be read; `{ id }` at the least. */
  readonly object: GraphObject;
  /** The fields that could not. */
  readonly flaws: readonly string[];
  /** Why; the last refusal. */
  readonly error?: GraphError;
}

interface Task {
  readonly id: string;
  readonly fields: readonly string[];
}

interface Draft {
  readonly object: GraphObject;
  readonly flaws: string[];
  error?: GraphError;
}

/**
 * Reads objects by id, in batches of 50, in the order of `ids`. An object that fails is read again with a quarter of its fields
 * at a time, then field by field, so that one bad field costs that field alone. Rejects when the token, or the way to Meta, is at fault rather than an object.
 */
export async function readDetails(graph: GraphClient, request: DetailsRequest): Promise<Detail[]> {
  const drafts = new Map<string, Draft>(request.ids.map((id) => [id, { object: { id }, flaws: [] }]));
  let tasks: Task[] = [...drafts.keys()].map((id) => ({ id, fields: readableFields(request) }));
  while (tasks.length > 0) {
    const next: Task[] = [];
    for (const chunk of chunksOf(tasks, MAX_BATCH_PARTS)) {
      const outcomes = await sendBatch<GraphObject>(graph, chunk.map(toRequest), request);
      throwOutage(outcomes);
      for (const [index, outcome] of outcomes.entries()) {
        const task = chunk[index] as Task;
        next.push(...settle(task, outcome, { draft: drafts.get(task.id) as Draft, memory: request.memory }));
      }
    }
    tasks = next;
  }
  return [...drafts].map(([id, draft]) => toDetail(id, draft));
}

function readableFields(request: DetailsRequest): readonly string[] {
  return request.fields.filter((field) => !request.memory?.isRefused(field));
}

function toRequest(task: Task) {
  return { path: task.id, params: { fields: task.fields.join(',') } };
}

/** When not one of several objects can be read for a passing reason, no object is to blame. */
function throwOutage(outcomes: readonly BatchOutcome[]): void {
  const errors = outcomes.flatMap((outcome) => (!outcome.ok && outcome.error.failure === 'transient' ? [outcome.error] : []));
  if (errors.length > 1 && errors.length === outcomes.length) throw errors[0];
}

/** Takes an answer into the draft; returns what has to be asked because of it. */
function settle(
  task: Task,
  outcome: BatchOutcome<GraphObject>,
  into: { readonly draft: Draft; readonly memory: FieldMemory | undefined },
): Task[] {
  const { draft, memory } = into;
  if (outcome.ok) {
    Object.assign(draft.object, outcome.body);
    memory?.notePresent(task.fields);
    return [];
  }
  const { error } = outcome;
  if (error.failure === 'expired_token' || error.failure === 'throttled') throw error;
  if (error.failure === 'missing') {
    draft.flaws.push(...task.fields);
    draft.error = error;
    return [];
  }
  if (task.fields.length <= 1) {
    // Not even the id can be read while nothing says that the object is at fault: that is an outage, not a flaw.
    if (error.failure === 'transient' && task.fields[0] === 'id') throw error;
    draft.flaws.push(...task.fields);
    draft.error = error;
    memory?.noteFlaw(task.fields, error);
    return [];
  }
  return divideFields(task.fields).map((fields) => ({ id: task.id, fields }));
}

/** Quarters first, then single fields: two rounds find any bad field, where halving would take six. */
function divideFields(fields: readonly string[]): string[][] {
  return chunksOf(fields, fields.length > SINGLE_FIELDS ? Math.ceil(fields.length / 4) : 1);
}

function toDetail(id: string, draft: Draft): Detail {
  const flaws = draft.flaws.filter((field) => field !== 'id');
  return { id, object: draft.object, flaws, ...(draft.error === undefined ? {} : { error: draft.error }) };
}
