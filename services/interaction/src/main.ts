import { run } from "@guanxi/bus/run";
import { interaction } from "./app.ts";

await run(interaction);
