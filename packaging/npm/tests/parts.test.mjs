import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";

import { InputReader, InputWriter, sharedInput } from "../lib/input.mjs";
import { inside, outside } from "../lib/places.mjs";

/** A stream that remembers whether it is paused. */
class Source extends EventEmitter {
  isPaused = true;
  pause() {
    this.isPaused = true;
  }
  resume() {
    this.isPaused = false;
  }
}

function connected() {
  const source = new Source();
  const shared = sharedInput();
  const writer = new InputWriter(shared, source);
  return { source, reader: new InputReader(shared, () => writer.resume()) };
}

test("what is written is read, in lots of any size, until the end", () => {
  const { source, reader } = connected();
  assert.equal(reader.read(new Uint8Array(10)), null);
  const sent = Buffer.alloc(3_000_000, 0).map((_, at) => (at * 7) % 251);
  const got = [];
  for (let at = 0; at < sent.length || !source.isPaused; ) {
    if (!source.isPaused && at < sent.length) {
      source.emit("data", sent.subarray(at, at + 65_537));
      at += 65_537;
    } else if (at >= sent.length) {
      break;
    } else {
      const lot = new Uint8Array(100_003);
      got.push(...lot.subarray(0, reader.read(lot)));
    }
  }
  source.emit("end");
  const lot = new Uint8Array(100_003);
  for (let count; (count = reader.read(lot)); ) got.push(...lot.subarray(0, count));
  assert.ok(Buffer.from(got).equals(Buffer.from(sent)));
  assert.equal(reader.isReady, true);
});

test("what arrives while the first read asks for it is not the end", () => {
  const source = new Source();
  const shared = sharedInput();
  const writer = new InputWriter(shared, source);
  const reader = new InputReader(shared, () => {
    writer.resume();
    source.emit("data", Buffer.from("abc"));
    source.emit("end");
  });
  const lot = new Uint8Array(10);
  const counts = [reader.read(lot), reader.read(lot)];
  assert.deepEqual(counts, [3, 0]);
});

test("a stream is paused while a megabyte waits", () => {
  const { source, reader } = connected();
  reader.read(new Uint8Array(1));
  source.emit("data", Buffer.alloc(1 << 20));
  assert.equal(source.isPaused, false);
  source.emit("data", Buffer.alloc(1));
  assert.equal(source.isPaused, true);
  reader.read(new Uint8Array(10));
  assert.equal(source.isPaused, false);
});

test("a drive of Windows is a folder, as in URIs; other systems stay as they are", () => {
  assert.equal(inside("C:\\Docs\\a.md", "win32"), "/c:/Docs/a.md");
  assert.equal(outside("/c:/Docs/a.md", "win32"), "c:\\Docs\\a.md");
  for (const value of ["docs/a.md", "--level", "a:b", ""]) {
    assert.equal(inside(value, "win32"), value);
    assert.equal(outside(value, "win32"), value);
  }
  assert.equal(inside("C:\\a", "linux"), "C:\\a");
});
