import { type BatchOutcome, chunksOf, MAX_BATCH_PARTS, sendBatch } from './batch.ts';
import type { GraphClient } from './client.ts';
import { type Detail, DetailDraft, type GraphObject } from './detail-draft.ts';
import { FieldMemory } from './field-memory.ts';
import type { GraphError } from './graph-error.ts';
import type { CallContext, PageSlot, UseCase } from './send.ts';

export type { Detail, GraphObject } from './detail-draft.ts';

/** A failed request for no more fields than this is taken apart into single ones. */
const SINGLE_FIELDS = 16;
/** So many failed objects of a batch are taken apart one after another: what they teach about fields saves the others the same. */
const MAX_SCOUTS = 2;
/** Meta says now and then that an object is missing which is there. */
const MISSING_WAIT_MS = 2_000;

export interface DetailsRequest {
  readonly ids: readonly string[];
  readonly fields: readonly string[];
  readonly account?: string;
  readonly useCase?: UseCase;
  readonly context?: CallContext;
  /** Of the page that the objects make up. */
  readonly slot?: PageSlot;
  /** What is learned about fields that can not be read; shared by the calls of one walk. */
  readonly memory?: FieldMemory;
}

interface Reading {
  readonly graph: GraphClient;
  readonly request: DetailsRequest;
  readonly memory: FieldMemory;
}

interface Task {
  readonly draft: DetailDraft;
  readonly fields: readonly string[];
}

/**
 * Reads objects by id, in batches of 50, in the order of `ids`. An object that fails is read again with a quarter of its fields at a time, then field by
 * field, so that one bad field costs that field alone. A field that fails for different objects which are readable otherwise, and was never answered, is
 * refused: said once, and asked for no more. Rejects when the token, a limit or the way to Meta is at fault rather than an object.
 */
export async function readDetails(graph: GraphClient, request: DetailsRequest): Promise<Detail[]> {
  const reading: Reading = { graph, request, memory: request.memory ?? new FieldMemory() };
  const drafts = [...new Set(request.ids)].map((id) => new DetailDraft(id));
  for (const chunk of chunksOf(drafts, MAX_BATCH_PARTS)) await readChunk(reading, chunk);
  const refused = request.fields.filter((field) => reading.memory.isRefused(field));
  return drafts.map((draft) => draft.toDetail(refused));
}

async function readChunk(reading: Reading, drafts: readonly DetailDraft[]): Promise<void> {
  const { memory } = reading;
  let failed = await readWhole(reading, drafts);
  for (let scouts = 0; failed.length > 0; scouts += 1) {
    const scout = scouts < MAX_SCOUTS ? findScout(reading, failed) : undefined;
    const refusedBefore = memory.refused.size;
    await takeApart(reading, scout === undefined ? failed : [scout]);
    failed = scout === undefined ? [] : failed.filter((draft) => draft !== scout);
    if (memory.refused.size > refusedBefore && failed.length > 0) failed = await readWhole(reading, failed);
  }
}

/** Asks for each object at once; the drafts whose fields have to be asked for in parts. What is said to be missing is asked for twice. */
async function readWhole(reading: Reading, drafts: readonly DetailDraft[]): Promise<DetailDraft[]> {
  const { graph, request } = reading;
  const fields = readableFields(reading);
  const tasks = drafts.map((draft) => ({ draft, fields }));
  const failed = await ask(reading, tasks, 'whole');
  const missing = failed.filter(({ draft }) => draft.lastError?.failure === 'missing');
  if (missing.length === 0) return failed.map(({ draft }) => draft);
  request.slot?.release();
  await graph.runtime.clock.sleep(MISSING_WAIT_MS, graph.runtime.signal);
  const again = await ask(reading, missing, 'whole_again');
  return [...failed.filter((task) => !missing.includes(task)), ...again].map(({ draft }) => draft);
}

/** An object that may teach whether a field is refused; none where every field has been answered before, or where one object alone failed. */
function findScout(reading: Reading, failed: readonly DetailDraft[]): DetailDraft | undefined {
  if (failed.length === 1 || readableFields(reading).every((field) => reading.memory.isPresent(field))) return undefined;
  return failed.find(({ lastError }) => lastError !== undefined && isAboutField(lastError));
}

async function takeApart(reading: Reading, drafts: readonly DetailDraft[]): Promise<void> {
  let tasks = drafts.flatMap((draft) => splitFields(reading).map((fields) => ({ draft, fields })));
  while (tasks.length > 0) {
    const failed: Task[] = [];
    for (const chunk of chunksOf(tasks, MAX_BATCH_PARTS)) failed.push(...(await ask(reading, chunk, 'parts')));
    tasks = failed.flatMap(({ draft, fields }) => divideFields(fields).map((part) => ({ draft, fields: part })));
  }
  for (const draft of drafts) noteFlaws(reading, draft);
}

/** Sends a batch, takes what comes into the drafts, and returns what has to be asked for in smaller parts. */
async function ask(reading: Reading, tasks: readonly Task[], round: 'whole' | 'whole_again' | 'parts'): Promise<Task[]> {
  const { graph, request, memory } = reading;
  const parts = tasks.map(({ draft, fields }) => ({ path: draft.id, params: { fields: fields.join(',') } }));
  const outcomes = await sendBatch<GraphObject>(graph, parts, request);
  throwOutage(outcomes);
  return tasks.filter(({ draft, fields }, index) => {
    const outcome = outcomes[index] as BatchOutcome<GraphObject>;
    if (outcome.ok) {
      draft.take(fields, outcome.body);
      memory.notePresent(fields);
      return false;
    }
    const { error } = outcome;
    if (error.failure === 'expired_token' || error.failure === 'throttled') throw error;
    draft.lastError = error;
    if (round === 'whole_again' && error.failure === 'missing') draft.markGone();
    else if (round === 'whole' && error.failure === 'missing') return true;
    else if (fields.length > 1) return true;
    // A field that fails for the moment has a value that would be lost if it were left empty.
    else if (error.failure === 'transient') throw error;
    else draft.leaveOut(fields[0] as string, error);
    return false;
  });
}

/** When not one of several objects can be read for a passing reason, no object is to blame. */
function throwOutage(outcomes: readonly BatchOutcome[]): void {
  const errors = outcomes.flatMap((outcome) => (!outcome.ok && outcome.error.failure === 'transient' ? [outcome.error] : []));
  if (errors.length > 1 && errors.length === outcomes.length) throw errors[0];
}

function readableFields({ request, memory }: Reading): readonly string[] {
  const fields = request.fields.filter((field) => !memory.isRefused(field));
  return fields.length > 0 ? fields : ['id'];
}

/** The fields under suspicion each alone, the others together. */
function splitFields(reading: Reading): (readonly string[])[] {
  const fields = readableFields(reading);
  const suspects = fields.filter((field) => reading.memory.isSuspect(field));
  const others = fields.filter((field) => !suspects.includes(field));
  if (suspects.length === 0 || others.length === 0) return divideFields(fields);
  return [others, ...suspects.map((field) => [field])];
}

/** Quarters first, then single fields: two rounds find any bad field, where halving would take six. */
function divideFields(fields: readonly string[]): string[][] {
  return chunksOf(fields, fields.length > SINGLE_FIELDS ? Math.ceil(fields.length / 4) : 1);
}

function noteFlaws({ graph, memory }: Reading, draft: DetailDraft): void {
  if (!draft.isGood) return;
  for (const [field, error] of draft.flaws) {
    if (field === 'id' || !isAboutField(error) || !memory.noteFlaw(field, { id: draft.id, error })) continue;
    graph.runtime.log.warn(
      `Meta refuses the field ${field} for object after object (${error.label}: ${error.message}); it is left empty from here on`,
    );
  }
}

/** A failure that may hold for every object; what isolates an object, or passes, tells about that object alone. */
function isAboutField({ failure, details }: GraphError): boolean {
  return details.remedy === undefined && (failure === 'too_much_data' || failure === 'invalid' || failure === 'forbidden');
}
