// Loaded before the adapter in JavaScript: each line that it writes comes a millisecond later, as from a slower program.
const clock = new Int32Array(new SharedArrayBuffer(4));
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (...args) => {
  Atomics.wait(clock, 0, 0, 1);
  return write(...args);
};
