/** Rung before it is waited for, it is heard all the same. */
export function bell() {
  let ring = () => {};
  let next = new Promise<void>((resolve) => (ring = resolve));
  return {
    ring: () => ring(),
    async rung(limit: number): Promise<void> {
      const { promise, resolve } = Promise.withResolvers<void>();
      const timer = setTimeout(resolve, limit);
      await Promise.race([next, promise]);
      clearTimeout(timer);
      next = new Promise<void>((renew) => (ring = renew));
    },
  };
}
