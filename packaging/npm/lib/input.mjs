// Standard input in shared memory: the main thread writes, the worker reads and may wait for it.
//
// A ring of bytes. `READ` and `WRITTEN` count bytes modulo 2³², each changed by one side only.
const READ = 0;
const WRITTEN = 1;
const ENDED = 2;
const NEWS = 3; // changes whenever a waiting worker has to look again
const CONTROL = 16; // bytes
const SIZE = 1 << 20;

export function sharedInput() {
  return new SharedArrayBuffer(CONTROL + SIZE);
}

class Ring {
  constructor(shared) {
    this.control = new Int32Array(shared, 0, CONTROL / 4);
    this.bytes = new Uint8Array(shared, CONTROL);
  }

  get waiting() {
    return (Atomics.load(this.control, WRITTEN) - Atomics.load(this.control, READ)) >>> 0;
  }
}

/** The side of the main thread: copies a stream into the ring, and pauses it while that is full. */
export class InputWriter extends Ring {
  constructor(shared, stream) {
    super(shared);
    this.stream = stream;
    this.rest = [];
    this.isStarted = false;
  }

  /** How much has arrived, in bytes modulo 2³². */
  get written() {
    return Atomics.load(this.control, WRITTEN) >>> 0;
  }

  /** Read on; starts reading at the first call. */
  resume() {
    if (!this.isStarted) {
      this.isStarted = true;
      this.stream.on("data", (data) => this.write(data));
      this.stream.on("end", () => this.end());
      this.stream.on("error", () => this.end());
    }
    const rest = this.rest;
    this.rest = [];
    for (const data of rest) this.write(data);
    if (!this.rest.length) this.stream.resume();
  }

  write(data) {
    const free = this.rest.length ? 0 : SIZE - this.waiting;
    const now = data.subarray(0, free);
    const at = Atomics.load(this.control, WRITTEN) >>> 0;
    const start = at % SIZE;
    const first = now.subarray(0, SIZE - start);
    this.bytes.set(first, start);
    this.bytes.set(now.subarray(first.length), 0);
    Atomics.store(this.control, WRITTEN, (at + now.length) | 0);
    if (now.length < data.length) {
      this.rest.push(data.subarray(now.length));
      this.stream.pause();
    }
    this.finish();
  }

  end() {
    this.isOver = true;
    this.finish();
  }

  finish() {
    if (this.isOver && !this.rest.length) Atomics.store(this.control, ENDED, 1);
    this.wake();
  }

  /** Let the worker look again, at input or at a signal. */
  wake() {
    Atomics.add(this.control, NEWS, 1);
    Atomics.notify(this.control, NEWS);
  }
}

/** The side of the worker; `want` asks the main thread to read on. */
export class InputReader extends Ring {
  constructor(shared, want) {
    super(shared);
    this.want = want;
    this.isStarted = false;
  }

  /** Whether a read returns at once. */
  get isReady() {
    this.start();
    return this.waiting > 0 || Atomics.load(this.control, ENDED) === 1;
  }

  /** Wait for input, a signal, other news or the end of the time; milliseconds, or Infinity. */
  wait(milliseconds, hasOther = () => false) {
    const news = Atomics.load(this.control, NEWS);
    if (!this.isReady && !hasOther()) Atomics.wait(this.control, NEWS, news, milliseconds);
  }

  /** Move what has arrived into a buffer; 0 at the end, null if nothing has arrived. */
  read(buffer) {
    this.start();
    // Looked at first: what was written before the end is counted then.
    const isOver = Atomics.load(this.control, ENDED) === 1;
    const count = Math.min(this.waiting, buffer.length);
    if (!count) return isOver ? 0 : null;
    const wasFull = this.waiting === SIZE;
    const at = Atomics.load(this.control, READ) >>> 0;
    const start = at % SIZE;
    const first = Math.min(count, SIZE - start);
    buffer.set(this.bytes.subarray(start, start + first));
    buffer.set(this.bytes.subarray(0, count - first), first);
    Atomics.store(this.control, READ, (at + count) | 0);
    if (wasFull) this.want();
    return count;
  }

  start() {
    if (!this.isStarted) {
      this.isStarted = true;
      this.want();
    }
  }
}
