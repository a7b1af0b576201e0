// The sender alone.
import { runJobs } from "@guanxi/testkit/job-program";
import { sendMessageJob } from "../src/mail/sending/send-message.ts";
import { mailSettings } from "../src/mail/settings.ts";

await runJobs({ name: "interaction", settings: mailSettings, jobs: [sendMessageJob] });
