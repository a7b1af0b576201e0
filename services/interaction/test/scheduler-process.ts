// A scheduler alone: the jobs that make tasks of care and invitations, and the relay that tells of them.
import { runJobs } from "@guanxi/testkit/job-program";
import { careDayJob } from "../src/care/care-day.ts";
import { surveyRunJob, surveyScheduleJob } from "../src/surveys/runs.ts";
import { surveySettings } from "../src/surveys/settings.ts";
import { taskClockJob } from "../src/tasks/task-clock.ts";

await runJobs({
  name: "interaction",
  settings: surveySettings,
  jobs: [careDayJob, surveyScheduleJob, surveyRunJob, taskClockJob],
  publishes: true,
});
