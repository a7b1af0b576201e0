// The service in a process of its own, so that it can be killed.
import { settingsOf, start } from "@guanxi/bus/start";
import { settings } from "@guanxi/kit/env";
import { createLog } from "@guanxi/kit/log";
import { goodsApp, pace } from "./goods-app.ts";

pace.ms = Number(process.env.PACE_MS ?? 0);
await start(goodsApp, settings(settingsOf(goodsApp)) as never, createLog("goods", "silent"));
process.on("disconnect", () => process.exit());
process.send?.("ready");
