// A gateway in a process of its own, for files.test.ts: node lone-gateway.ts <address of the service>
import { createLog } from "@guanxi/kit/log";
import { createGateway } from "../src/gateway.ts";
import { listen } from "@guanxi/kit/listen";
import { createFixture } from "./fixture.ts";

const fixture = createFixture();
const contract = fixture.build();
fixture.remove();
const addresses = { book: process.argv[2]! };
const { app } = createGateway({ contract, addresses, log: createLog("gateway", "silent") });
const { port } = await listen(app, "127.0.0.1", 0);
process.send!(`http://127.0.0.1:${port}`);
process.once("disconnect", () => process.exit());
