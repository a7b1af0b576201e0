import type { AudienceServiceServer } from "@guanxi/contract/guanxi/customer/v1/audience_service";
import type { Db } from "@guanxi/kit/db";
import { direct, type Handlers, stream } from "@guanxi/kit/handler";
import { find } from "@guanxi/kit/store";
import { customers } from "../customers/customers.ts";
import { present } from "../customers/present.ts";
import { countRows, sampleIds } from "../segments/rows.ts";
import { asked, type Asking, membersAt } from "./audience.ts";

const MOST = 2 ** 31 - 1;

/** `exports` are the connections that audiences are read over. */
export const audienceService = (asking: Asking, exports: Db): Handlers<AudienceServiceServer> => ({
  streamAudience: stream(async function* ({ audience }, { signal }) {
    const [at, wanted] = await asked(asking, audience!, async (at, wanted) => [at, wanted] as const);
    yield* membersAt(exports, at, wanted, signal);
  }),
  checkAudience: direct(({ audience }) => asked(asking, audience!, async () => ({}))),
  countAudience: direct(({ audience }) =>
    asked(asking, audience!, async (at, wanted) => {
      const [{ count }, ids] = await Promise.all([countRows(at, wanted, MOST - 1), sampleIds(at, wanted)]);
      return { customerCount: count, sample: (await find(at, customers, ids)).map(present) };
    }),
  ),
});
