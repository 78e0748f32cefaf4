// Work that is asked for more often than it can be done.
import assert from "node:assert/strict";
import { test } from "node:test";
import { latest } from "../../../vscode/src/views/latest";

const settle = () => new Promise((resolve) => setImmediate(resolve));

test("many calls make one run", async ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  let runs = 0;
  const ask = latest(async () => void (runs += 1));
  ask();
  ask();
  mock.timers.tick(50);
  await settle();
  assert.equal(runs, 1);
});

test("after a run that took long the next one waits, but not as long as it likes", async ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  let runs = 0;
  let finish = () => {};
  const ask = latest(() => {
    runs += 1;
    return new Promise((resolve) => (finish = resolve));
  });
  ask();
  mock.timers.tick(50);
  mock.timers.tick(4000);
  finish();
  await settle();
  ask();
  mock.timers.tick(1000);
  assert.equal(runs, 1);
  mock.timers.tick(1000);
  assert.equal(runs, 2);
});

test("a run learns that a newer one was asked for", async ({ mock }) => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const answers: boolean[] = [];
  let finish = () => {};
  const ask = latest(async (isStale) => {
    await new Promise<void>((resolve) => (finish = resolve));
    answers.push(isStale());
  });
  ask();
  mock.timers.tick(50);
  ask();
  finish();
  await settle();
  assert.deepEqual(answers, [true]);
});
