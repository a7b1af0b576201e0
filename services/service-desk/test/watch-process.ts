// A desk that does nothing but watch its cases, and tell what it has seen.
import { runJobs } from "@guanxi/testkit/job-program";
import { caseWatchJob } from "../src/sla/watch-cases.ts";

await runJobs({ name: "service_desk", settings: {}, jobs: [caseWatchJob], publishes: true });
