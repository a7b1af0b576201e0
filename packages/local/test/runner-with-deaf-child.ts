// Starts what is hardest to end: a child that ignores TERM and never comes back to its event loop, with a
// child of its own.
import { launch, startWarden } from "../src/launch.ts";

const deaf = `
  process.on("SIGTERM", () => {});
  const { spawn } = require("node:child_process");
  const grandchild = spawn("sleep", ["300"], { stdio: "ignore" });
  console.log(process.pid, grandchild.pid);
  setTimeout(() => { for (;;); }, 50);
`;
const child = launch({ command: [process.execPath, "-e", deaf] }, "TERM", startWarden());
child.stdout?.pipe(process.stdout);
setInterval(() => {}, 1000);
