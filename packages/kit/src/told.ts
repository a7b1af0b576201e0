type End = (signal: NodeJS.Signals) => void;

let end: End | undefined;

/**
 * What happens when the process is told to end, the first time. The last that was said here counts. As process 1 of a container
 * it would not end at a signal that nobody listens to, so somebody has to from the first moment.
 */
export function whenTold(wanted: End): void {
  const listening = end !== undefined;
  end = wanted;
  if (!listening) for (const signal of ["SIGTERM", "SIGINT"] as const) process.on(signal, told);
}

function told(signal: NodeJS.Signals): void {
  const first = end!;
  end = () => undefined;
  first(signal);
}
