import { run } from "@guanxi/bus/run";
import { identity } from "./app.ts";

await run(identity);
