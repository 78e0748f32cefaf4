// Work that is asked for more often than it can be done.

const LONGEST_PAUSE = 2000;

/**
 * Runs `work` soon and once for many calls; `isStale` tells it that a newer run began.
 * Work that took long is waited for longer, so that it never fills more than a part of the time;
 * but not for longer than somebody looks at what is out of date.
 */
export function latest(work: (isStale: () => boolean) => Promise<void>, pause = 50): () => void {
  let newest = 0;
  let took = 0;
  let timer: NodeJS.Timeout | undefined;
  const run = async (): Promise<void> => {
    const mine = newest;
    const start = Date.now();
    // A failed request is logged by the client; the next change asks again.
    await work(() => mine !== newest).catch(() => undefined);
    took = Date.now() - start;
  };
  return () => {
    newest += 1;
    clearTimeout(timer);
    timer = setTimeout(run, Math.min(LONGEST_PAUSE, Math.max(pause, 5 * took)));
  };
}
