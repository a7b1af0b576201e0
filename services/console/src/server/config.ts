import path from "node:path";
import { about, integer, logLevel, port } from "@guanxi/kit/env";
import { z } from "zod";

export const consoleSettings = z.object({
  host: about("The address to listen on; 0.0.0.0 in a container.", z.string().default("127.0.0.1")),
  httpPort: about("Where browsers ask for pages.", port()),
  managementPort: about("Where operators ask for health, metrics and version.", port()),
  logLevel: about("How much is written to the log.", logLevel()),
  consoleFolder: about(
    "Where the pages are; without it, beside the program.",
    z.string().optional().describe("the folder that the console's build has made"),
  ),
  drainSeconds: about(
    "How long requests are still accepted after it has said that it is not ready, for balancers to notice.",
    integer(0, 60).default(5),
  ),
  stopSeconds: about(
    "How long what is under way has after that; with the above no more than Kubernetes gives, which is 30 s.",
    integer(1, 300).default(20),
  ),
});

/** In an image the build and the program lie in one folder. */
export const ownPages = path.join(import.meta.dirname, "web");
