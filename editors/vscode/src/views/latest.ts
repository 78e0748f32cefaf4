// Debounces work.

const LONGEST_PAUSE = 2000; // ms that a view may be out of date

/**
 * Debounces `work`; `isStale` returns whether a newer run was requested.
 * The delay grows to five times the duration of the last run, up to `LONGEST_PAUSE`.
 */
export function latest(work: (isStale: () => boolean) => Promise<void>, pause = 50): () => void {
  let newest = 0;
  let took = 0;
  let timer: NodeJS.Timeout | undefined;
  const run = async (): Promise<void> => {
    const mine = newest;
    const start = Date.now();
    // The client logs failed requests; the next change retries.
    await work(() => mine !== newest).catch(() => undefined);
    took = Date.now() - start;
  };
  return () => {
    newest += 1;
    clearTimeout(timer);
    timer = setTimeout(run, Math.min(LONGEST_PAUSE, Math.max(pause, 5 * took)));
  };
}
