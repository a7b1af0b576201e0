#!/usr/bin/env node
// `npx guanxi …`, on whatever Node the machine has: the bootstrap finds the right one.
process.argv.splice(2, 0, "cli");
await import("../local/bootstrap.mjs");
