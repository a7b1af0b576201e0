// A customer service that does nothing but look for duplicates.
import { runJobs } from "@guanxi/testkit/job-program";
import { duplicateScanJob } from "../src/duplicates/scan-job.ts";

await runJobs({ name: "customer", settings: {}, jobs: [duplicateScanJob] });
