import { run } from "@guanxi/bus/run";
import { customer } from "./app.ts";

await run(customer);
