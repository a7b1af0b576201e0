// The relay alone, in a process of its own, so that its CPU time can be told.
import { startRelay } from "@guanxi/bus/relay";

const [service, databaseUrl, natsUrl] = process.argv.slice(2) as [string, string, string];
startRelay({ service, databaseUrl, natsUrl, stream: "GUANXI", onError: console.error });
process.on("disconnect", () => process.exit());
process.send?.("ready");
