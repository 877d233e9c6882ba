/** A test of a provider whose driver never comes back. */
process.once('message', () => {
  process.send?.({ kind: 'probing', done: 0, steps: 2 });
  for (;;);
});
