/** Numbers from 0 to below 1 that are the same for equal seeds: Park and Miller's generator. */
export function randomFrom(seed: number): () => number {
  let state = seed * 7_919 + 1;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
