import base, { FAULTS } from "../../vitest.config.ts";

// What is killed, replaced, restored and upgraded: minutes of waiting for processes, a suite of its own.
export default { ...base, test: { ...base.test, include: FAULTS, exclude: ["**/node_modules/**"] } };
