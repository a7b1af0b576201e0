// The service of a test file, with a database and a NATS of its own.
import { startService } from "@guanxi/testkit/service";
import { afterAll, beforeAll } from "vitest";
import { marketing } from "../src/app.ts";

type Service = Awaited<ReturnType<typeof startService>>;

/** Started before the first test of the file, stopped behind the last. */
export function marketingService(): Service {
  const holder = {} as Service;
  beforeAll(async () => {
    Object.assign(holder, await startService(marketing));
  });
  afterAll(() => holder.stop());
  return holder;
}
