// Medians and their spread.

/** The value below which a share of the numbers lies, between neighbours in proportion. */
export function quantile(numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  return sorted[below] + (at - below) * ((sorted[below + 1] ?? sorted[below]) - sorted[below]);
}

/** { median, low, high, min } of milliseconds; low and high are the quartiles. */
export function summarise(numbers) {
  return { median: quantile(numbers, 0.5), low: quantile(numbers, 0.25), high: quantile(numbers, 0.75), min: Math.min(...numbers) };
}

/** The largest relative difference of tensors of the same names, ‖theirs − ours‖ / ‖ours‖. */
export function largestDifference(ours, theirs) {
  let largest = 0;
  for (const [name, tensor] of Object.entries(ours)) {
    const [a, b] = [tensor, theirs[name]].map(({ data }) => new Float32Array(data.buffer, data.byteOffset, data.byteLength / 4));
    if (a.length !== b.length) throw new Error(`${name} has ${b.length} elements; expected ${a.length}`);
    let difference = 0;
    let norm = 0;
    for (let i = 0; i < a.length; i++) {
      difference += (b[i] - a[i]) ** 2;
      norm += a[i] ** 2;
    }
    largest = Math.max(largest, Math.sqrt(difference / (norm || 1)));
  }
  return largest;
}
