import { run } from "@guanxi/bus/run";
import { marketing } from "./app.ts";

await run(marketing);
