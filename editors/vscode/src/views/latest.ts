// Work that is asked for more often than it can be done.

/** Runs `work` soon and once for many calls; `isStale` tells it that a newer run began. */
export function latest(work: (isStale: () => boolean) => Promise<void>, pause = 50): () => void {
  let newest = 0;
  let timer: NodeJS.Timeout | undefined;
  return () => {
    const mine = ++newest;
    clearTimeout(timer);
    timer = setTimeout(() => {
      // A failed request is logged by the client; the next change asks again.
      work(() => mine !== newest).catch(() => undefined);
    }, pause);
  };
}
