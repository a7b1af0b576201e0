// Looks at customers that have changed, and finds the members of segments, and nothing else.
import { runJobs } from "@guanxi/testkit/job-program";
import { checkJob } from "../src/checks/check-job.ts";
import { buildJob } from "../src/segments/build-segment.ts";

await runJobs({ name: "customer", settings: {}, jobs: [checkJob, buildJob], publishes: true });
