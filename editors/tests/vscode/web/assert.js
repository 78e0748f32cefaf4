// The few assertions that the tests need, where there is no Node.
function ok(value, message) {
  if (!value) throw new Error(message ?? "not true");
}
function match(text, pattern) {
  ok(pattern.test(text), `${text} does not match ${pattern}`);
}
function equal(one, other) {
  ok(one === other, `${one} is not ${other}`);
}
module.exports = { ok, match, equal };
