import { run } from "@guanxi/bus/run";
import { serviceDesk } from "./app.ts";

await run(serviceDesk);
