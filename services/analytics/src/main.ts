import { run } from "@guanxi/bus/run";
import { analytics } from "./app.ts";

await run(analytics);
