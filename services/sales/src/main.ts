import { run } from "@guanxi/bus/run";
import { sales } from "./app.ts";

await run(sales);
