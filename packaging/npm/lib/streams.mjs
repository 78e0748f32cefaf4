// Standard streams of the interpreter: those of this process.
import * as fs from "node:fs";
import { isatty } from "node:tty";

const MAJOR = 200; // of our devices; the interpreter's own are below
const POLL = { in: 1, out: 4 };
const RETRY = 2; // milliseconds until a full pipe is tried again

/** Open descriptors 0 to 2 on the streams of this process. */
export function openStreams(FS, errors, input, size) {
  const fail = (name) => {
    throw new FS.ErrnoError(errors[name]);
  };
  const reader = {
    poll: () => (input.isReady ? POLL.in : 0),
    read(_stream, buffer, offset, length) {
      for (;;) {
        const count = input.read(buffer.subarray(offset, offset + length));
        if (count !== null) return count;
        input.wait(Infinity);
        if (input.isInterrupted()) fail("EINTR");
      }
    },
  };
  const writer = (number) => ({
    poll: () => POLL.out,
    write(_stream, buffer, offset, length) {
      try {
        return writeAll(number, buffer.subarray(offset, offset + length));
      } catch (error) {
        return fail(error.code in errors ? error.code : "EIO");
      }
    },
  });
  [reader, writer(1), writer(2)].forEach((device, number) => {
    const { path } = FS.streams[number];
    const id = FS.makedev(MAJOR, number);
    const tty = isatty(number) && { ops: { ioctl_tcgets: terminal, ioctl_tiocgwinsz: () => size } };
    FS.registerDevice(id, {
      ...device,
      open: (stream) => Object.assign(stream, { seekable: false }, tty && { tty }),
    });
    FS.closeStream(number);
    FS.mkdev(`/dev/stream${number}`, id);
    const opened = FS.open(`/dev/stream${number}`, number ? 1 : 0);
    if (opened.fd !== number) throw new Error(`${path} was opened as ${opened.fd}`);
  });
}

function writeAll(number, data) {
  let done = 0;
  while (done < data.length) {
    try {
      done += fs.writeSync(number, data, done);
    } catch (error) {
      if (error.code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY);
    }
  }
  return done;
}

function terminal() {
  return { c_iflag: 25_856, c_oflag: 5, c_cflag: 191, c_lflag: 35_387, c_cc: new Array(32).fill(0) };
}
