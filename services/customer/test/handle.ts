import type { At } from "@guanxi/kit/at";
import type { Handler } from "@guanxi/kit/handler";

/** A method without the edge before it: of a query or a command. */
export const handle = <Req, Res>(handler: Handler<Req, Res>, request: Req, at: At): Promise<Res> =>
  (handler as Extract<Handler<Req, Res>, { kind: "query" | "command" }>).run(request, at);
