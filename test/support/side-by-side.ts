/** Does the work for each item, so many at a time; rejects with the first failure. What waits for a fake clock's quiet turns leaves the processor to the others. */
export async function sideBySide<T>(items: Iterable<T>, count: number, work: (item: T) => Promise<void>): Promise<void> {
  const queue = items[Symbol.iterator]();
  const workers = Array.from({ length: count }, async () => {
    for (let next = queue.next(); !next.done; next = queue.next()) await work(next.value);
  });
  await Promise.all(workers);
}
