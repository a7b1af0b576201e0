// The service of a test file, with a database and a NATS of its own.
import { startService } from "@guanxi/testkit/service";
import { afterAll, beforeAll } from "vitest";
import { interaction } from "../src/app.ts";

type Service = Awaited<ReturnType<typeof startService>>;

/** Started before the first test of the file, stopped behind the last. */
export function interactionService(): Service {
  const holder = {} as Service;
  beforeAll(async () => {
    Object.assign(
      holder,
      await startService(interaction, { SURVEY_URL: "http://127.0.0.1:8080/v1/surveyAnswers" }),
    );
  });
  afterAll(() => holder.stop());
  return holder;
}
